package homework.otus.mysql.backup;

import homework.otus.mysql.api.BackupRecord;
import homework.otus.mysql.api.ConditionType;
import homework.otus.mysql.api.MySQLStatus;
import homework.otus.mysql.api.RestorePolicy;
import homework.otus.mysql.child.JobActions;
import homework.otus.mysql.child.JobRun;
import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.Presence;
import homework.otus.mysql.observe.Claim;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.Variants;
import homework.otus.mysql.program.JobOutcome;
import homework.otus.mysql.program.JobResult;
import homework.otus.mysql.server.Stopping;
import homework.otus.mysql.step.Action;
import homework.otus.mysql.step.Actions;
import homework.otus.mysql.step.Capability;
import homework.otus.mysql.step.Phase;
import homework.otus.mysql.step.Plan;
import homework.otus.mysql.step.Retry;
import homework.otus.mysql.storage.Storage;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Before a server is made: has everything been brought back that the backup volume may hold? */
public final class Restoring {
    private final ArchiveJobs jobs;
    private final Storage storage;

    public Restoring(ArchiveJobs jobs, Storage storage) {
        this.jobs = jobs;
        this.storage = storage;
    }

    /** Empty where a server may be made. */
    public Optional<Plan> plan(Observed o, Actions actions) {
        if (o.server().presence() == Presence.OURS) {
            return o.server().foundArchives() ? Optional.of(stopForRestore(o, actions)) : Optional.empty();
        }
        if (o.server().orphaned()) {
            // It runs on the data.
            return Optional.empty();
        }
        RestorePolicy policy = o.mysql().getSpec().getRestorePolicy();
        if (policy == RestorePolicy.Never || olderThanTheData(o)) {
            return Optional.empty();
        }
        if (policy == RestorePolicy.IfPresent && !o.backup().mayHoldArchives()) {
            return Optional.empty();
        }
        JobRun job = o.restoreJob();
        if (o.data().presence() != Presence.OURS || o.backup().object() == null) {
            return Optional.of(Plan.of(Phase.RESTORING, actions));
        }
        if (!job.ours()) {
            return Optional.of(run(o, 1, actions));
        }
        JobResult result = job.result();
        if (job.answered() && result != null) {
            boolean needless = result.outcome() != JobOutcome.NothingToRestore || policy != RestorePolicy.Required;
            return needless ? Optional.empty() : Optional.of(lookAgain(o, actions));
        }
        return switch (job.state()) {
            case RUNNING -> Optional.of(Plan.of(Phase.RESTORING, actions));
            case COMPLETE -> recorded(o) ? Optional.empty() : Optional.of(retry(o, actions));
            case FAILED -> Optional.of(retry(o, actions));
        };
    }

    /** The newest archive was made of this very claim, which has served: what is on it now is as new, or newer. */
    private static boolean olderThanTheData(Observed o) {
        BackupRecord record = o.backup().record();
        return record != null && o.data().served() != null && o.data().uid().equals(record.dataClaimUid());
    }

    /** The Job of a restore is kept for inspection, its Pod goes once its result is in the status; one that found nothing goes. */
    public void cleanUp(Observed o, Actions actions) {
        JobRun job = o.restoreJob();
        V1Job object = job.object();
        if (object == null || !job.is(JobRun.State.COMPLETE) || o.server().presence() != Presence.OURS) {
            return;
        }
        JobResult result = job.result();
        if (result != null && !Restored.by(result)) {
            // Until then it is remembered how often it was asked.
            if (o.server().ready()) {
                JobActions.remove(job, actions.of(Capability.CLEANUP));
            }
        } else if (recorded(o)) {
            JobActions.removePods(job, actions.of(Capability.CLEANUP));
        }
    }

    private Plan run(Observed o, int attempt, Actions actions) {
        JobActions.replace(
                o.restoreJob(),
                jobs.restore(o.mysql(), storage.mounted(o), Variants.wanted(o).image(), attempt),
                actions.of(Capability.RESTORE));
        return Plan.of(Phase.RESTORING, actions);
    }

    /** Somebody may bring the missing archive. */
    private Plan lookAgain(Observed o, Actions actions) {
        return o.restoreJob().is(JobRun.State.RUNNING) ? Plan.of(Phase.RESTORE_FAILED, actions) : retry(o, actions);
    }

    private Plan retry(Observed o, Actions actions) {
        Duration wait = Retry.until(o.restoreJob(), o.now(), o.generation());
        if (wait.isZero() || wait.isNegative()) {
            return run(o, o.restoreJob().attempt() + 1, actions);
        }
        return Plan.of(Phase.RESTORE_FAILED, actions).lookingAgainAfter(wait);
    }

    /**
     * A volume that was thought empty holds archives, as a statically provisioned one may. Where a Job was asked already,
     * it is asked again, but not without a delay.
     */
    private Plan stopForRestore(Observed o, Actions actions) {
        Claim backup = o.backup();
        V1PersistentVolumeClaim claim = backup.object();
        if (claim != null && !backup.holdsArchives()) {
            actions.of(Capability.BACKUP_CLAIM)
                    .add(new Action.PatchMetadata(claim, null, Map.of(), Map.of(Labels.HOLDS_ARCHIVES, "true")));
        }
        JobRun asked = o.restoreJob();
        if (asked.ours() && asked.state() != JobRun.State.RUNNING) {
            Duration wait = Retry.until(asked, o.now(), o.generation());
            if (!wait.isZero() && !wait.isNegative()) {
                return Plan.of(Phase.RESTORING, actions).lookingAgainAfter(wait);
            }
            run(o, asked.attempt() + 1, actions);
        }
        Stopping.server(o, actions);
        return Plan.of(Phase.RESTORING, actions);
    }

    /** Rows of an earlier life may be on the data volume. */
    public static boolean happened(Observed o) {
        return recorded(o) || o.restoreJob().is(JobRun.State.COMPLETE);
    }

    /** The condition remembers a restore when its Job's Pod is gone. */
    private static boolean recorded(Observed o) {
        MySQLStatus status = o.mysql().getStatus();
        return status != null
                && status.condition(ConditionType.Restored)
                        .filter(condition -> "True".equals(condition.status()))
                        .isPresent();
    }
}
