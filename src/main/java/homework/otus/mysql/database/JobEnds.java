package homework.otus.mysql.database;

import homework.otus.mysql.child.JobRun;
import homework.otus.mysql.child.JobTemplate;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.step.Action;
import io.kubernetes.client.openapi.models.V1Job;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Ends the Jobs that would not go on by themselves: a container of somebody else's keeps their Pod, or it can't begin, and
 * the spec that they were made for is no longer the one there is. The latter are then made anew.
 */
final class JobEnds {
    private JobEnds() {}

    /** @param others what is done otherwise: a Job that goes by it needs no other end */
    static List<Action> of(Observed observed, List<Action> others) {
        Stream<Action> held = observed.held().stream()
                .map(job -> new Action.EndJob(job.job(), JobTemplate.PROGRAM_ENDED, job.well(), job.end()));
        Stream<Action> outdated = observed.jobs().values().stream()
                .filter(job -> job.cannotBegin() && job.generation() != observed.generation())
                .map(JobRun::object)
                .filter(Objects::nonNull)
                .filter(job -> others.stream().noneMatch(other -> deletes(other, job)))
                .map(job -> new Action.Delete(job, Action.Propagation.FOREGROUND));
        return Stream.concat(held, outdated).toList();
    }

    private static boolean deletes(Action action, V1Job job) {
        return action instanceof Action.Delete delete && delete.target() == job;
    }
}
