package homework.otus.mysql.plan;

import homework.otus.mysql.api.MySQLStatus;
import homework.otus.mysql.job.JobResult;
import homework.otus.mysql.manifest.ArchiveJobs;
import homework.otus.mysql.manifest.Labels;
import homework.otus.mysql.observe.Claim;
import homework.otus.mysql.observe.JobRun;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.Presence;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1Pod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Before a server is made: has everything been brought back that the backup volume may hold? */
final class Restore {
    /** The condition that remembers a restore when its Job's Pod is gone. */
    private static final String RESTORED = "Restored";

    private final ArchiveJobs jobs;

    Restore(ArchiveJobs jobs) {
        this.jobs = jobs;
    }

    /** Empty where a server may be made. */
    Optional<Plan> plan(Observed o, List<Action> actions) {
        if (o.server().presence() == Presence.OURS) {
            return o.server().foundArchives() ? Optional.of(stopForRestore(o, actions)) : Optional.empty();
        }
        if (!o.backup().mayHoldArchives()) {
            return Optional.empty();
        }
        JobRun job = o.restoreJob();
        if (o.data().presence() != Presence.OURS) {
            return Optional.of(Plan.of(Phase.RESTORING, actions));
        }
        if (!job.ours()) {
            return Optional.of(run(o, 1, actions));
        }
        return switch (job.state()) {
            case RUNNING -> Optional.of(Plan.of(Phase.RESTORING, actions));
            case COMPLETE ->
                job.result() == null && !recorded(o) ? Optional.of(run(o, job.attempt(), actions)) : Optional.empty();
            case FAILED -> Optional.of(retry(o, actions));
        };
    }

    /** The Job of a restore stays to be seen, its Pod goes once its result is in the status; one that found nothing goes. */
    void cleanUp(Observed o, List<Action> actions) {
        JobRun job = o.restoreJob();
        V1Job object = job.object();
        if (object == null || !job.is(JobRun.State.COMPLETE) || o.server().presence() != Presence.OURS) {
            return;
        }
        JobResult result = job.result();
        if (result != null && !Restored.by(result)) {
            actions.add(new Action.Delete(object, Action.Propagation.BACKGROUND));
        } else if (recorded(o)) {
            for (V1Pod pod : job.pods()) {
                actions.add(new Action.Delete(pod, Action.Propagation.BACKGROUND));
            }
        }
    }

    private Plan run(Observed o, int attempt, List<Action> actions) {
        V1Job old = o.restoreJob().object();
        if (old != null) {
            actions.add(new Action.Delete(old, Action.Propagation.BACKGROUND));
        }
        actions.add(new Action.Create(jobs.restore(o.mysql(), o.data().uid(), AppliedSpec.image(o), attempt)));
        return Plan.of(Phase.RESTORING, actions);
    }

    private Plan retry(Observed o, List<Action> actions) {
        Duration wait = Retry.until(o.restoreJob(), o.now(), o.generation());
        if (wait.isZero() || wait.isNegative()) {
            return run(o, o.restoreJob().attempt() + 1, actions);
        }
        return new Plan(Phase.RESTORE_FAILED, actions, wait);
    }

    /** A volume that was thought empty holds archives, as a statically provisioned one may. */
    private static Plan stopForRestore(Observed o, List<Action> actions) {
        Claim backup = o.backup();
        V1PersistentVolumeClaim claim = backup.object();
        if (claim != null && !backup.holdsArchives()) {
            actions.add(new Action.PatchMetadata(claim, null, Map.of(), Map.of(Labels.HOLDS_ARCHIVES, "true")));
        }
        V1Deployment deployment = o.server().object();
        if (deployment != null && !o.server().deleting()) {
            actions.add(new Action.Delete(deployment, Action.Propagation.FOREGROUND));
        }
        return Plan.of(Phase.RESTORING, actions);
    }

    private static boolean recorded(Observed o) {
        MySQLStatus status = o.mysql().getStatus();
        return status != null
                && status.conditionsOrEmpty().stream()
                        .anyMatch(condition -> RESTORED.equals(condition.type()) && "True".equals(condition.status()));
    }
}
