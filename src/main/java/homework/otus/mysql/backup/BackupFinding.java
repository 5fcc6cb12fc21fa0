package homework.otus.mysql.backup;

import static homework.otus.mysql.api.ConditionType.BackupSucceeded;

import homework.otus.mysql.child.JobRun;
import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.Names;
import homework.otus.mysql.database.ReadyFinding;
import homework.otus.mysql.observe.Claim;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.program.JobOutcome;
import homework.otus.mysql.program.JobResult;
import homework.otus.mysql.step.Finding;
import homework.otus.mysql.step.Plan;
import homework.otus.mysql.step.Reason;
import org.jspecify.annotations.Nullable;

/** How the final backup goes. */
public final class BackupFinding {
    private BackupFinding() {}

    /** Null where this pass tells nothing about it. */
    public static @Nullable Finding of(Observed o, Plan plan) {
        return switch (plan.phase()) {
            case BACKING_UP -> Finding.unknown(BackupSucceeded, Reason.BackingUp, "the backup Job is at work");
            case BACKUP_FAILED ->
                Finding.no(
                        BackupSucceeded,
                        o.data().phase() == Claim.VolumePhase.LOST ? Reason.DataVolumeLost : Reason.BackupFailed,
                        failure(o));
            case RELEASING -> released(o);
            default -> null;
        };
    }

    public static String failure(Observed o) {
        String wayOut = "; to delete " + o.name() + " without a final backup: kubectl annotate ms " + o.name() + " "
                + Labels.SKIP_FINAL_BACKUP + "=" + o.uid();
        if (o.data().phase() == Claim.VolumePhase.LOST) {
            return "the volume of " + Names.dataClaim(o.name()) + " is gone, so there is nothing to read" + wayOut;
        }
        return ReadyFinding.failure(o.backupJob(), "backup", result -> ArchiveAdvice.ofBackup(o.name(), result))
                + wayOut;
    }

    private static @Nullable Finding released(Observed o) {
        JobRun job = o.backupJob();
        JobResult result = job.result();
        if (!job.is(JobRun.State.COMPLETE)) {
            return Finding.no(
                    BackupSucceeded,
                    Reason.BackupSkipped,
                    "no final backup: nothing was written yet, or it was skipped");
        }
        if (result == null) {
            return null;
        }
        return result.outcome() == JobOutcome.Complete
                ? Finding.yes(BackupSucceeded, Reason.BackupProven, result.message())
                : Finding.no(BackupSucceeded, Reason.NothingToBackUp, result.message());
    }
}
