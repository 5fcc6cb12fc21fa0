package homework.otus.mysql.child;

import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.step.Action;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1Pod;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What is done to any of a database's Jobs, whatever it is for. */
public final class JobActions {
    private JobActions() {}

    /**
     * The Jobs that would not go on by themselves: a container of somebody else's keeps their Pod, or it can't begin, and
     * the spec that they were made for is no longer the one there is. The latter are then made anew.
     *
     * @param others what is done otherwise
     */
    public static List<Action> ends(Observed o, List<Action> others) {
        Stream<Action> held = o.held().stream()
                .map(job -> new Action.EndJob(job.job(), JobTemplate.PROGRAM_ENDED, job.well(), job.end()));
        Stream<Action> outdated = o.jobs().all().stream()
                .filter(job -> job.cannotBegin() && job.generation() != o.generation())
                .map(JobRun::object)
                .filter(Objects::nonNull)
                .filter(job -> others.stream()
                        .noneMatch(other -> other instanceof Action.Delete delete && delete.target() == job))
                .map(job -> new Action.Delete(job, Action.Propagation.FOREGROUND));
        return Stream.concat(held, outdated).toList();
    }

    /** Makes it in the place of the one that has its name. */
    public static void replace(JobRun old, V1Job wanted, List<Action> actions) {
        remove(old, actions);
        actions.add(new Action.Create(wanted));
    }

    public static void remove(JobRun job, List<Action> actions) {
        V1Job object = job.object();
        if (object != null) {
            actions.add(new Action.Delete(object, Action.Propagation.BACKGROUND));
        }
    }

    /** Tells one that runs to end, its Pod first; whether it still runs. */
    public static boolean stops(JobRun job, List<Action> actions) {
        V1Job object = job.object();
        if (object == null || job.state() != JobRun.State.RUNNING) {
            return false;
        }
        if (object.getMetadata().getDeletionTimestamp() == null) {
            actions.add(new Action.Delete(object, Action.Propagation.FOREGROUND));
        }
        return true;
    }

    /** A claim that is to go waits for the Pods that mount it. */
    public static void letGo(JobRun job, List<Action> actions) {
        if (!stops(job, actions)) {
            removePods(job, actions);
        }
    }

    /** A finished Pod still holds its claims and Secrets. */
    public static void removePods(JobRun job, List<Action> actions) {
        for (V1Pod pod : job.pods()) {
            actions.add(new Action.Delete(pod, Action.Propagation.BACKGROUND));
        }
    }
}
