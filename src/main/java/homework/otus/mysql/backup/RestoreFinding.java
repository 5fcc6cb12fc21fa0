package homework.otus.mysql.backup;

import static homework.otus.mysql.api.ConditionType.Restored;

import homework.otus.mysql.child.JobRun;
import homework.otus.mysql.database.ReadyFinding;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.program.JobResult;
import homework.otus.mysql.step.Finding;
import homework.otus.mysql.step.Phase;
import homework.otus.mysql.step.Plan;
import homework.otus.mysql.step.Reason;
import org.jspecify.annotations.Nullable;

/** What became of an earlier life's rows. */
public final class RestoreFinding {
    private RestoreFinding() {}

    /** Null where no Job of this life tells anything. */
    public static @Nullable Finding of(Observed o, Plan plan) {
        if (plan.phase() == Phase.RESTORING) {
            return Finding.unknown(Restored, Reason.Restoring, "the restore Job is at work");
        }
        JobRun job = o.restoreJob();
        JobResult result = job.result();
        if (job.answered() && result != null) {
            return told(result);
        }
        return job.is(JobRun.State.FAILED)
                ? Finding.no(
                        Restored,
                        Reason.RestoreFailed,
                        ReadyFinding.failure(job, "restore", failed -> ArchiveAdvice.ofRestore(o.name(), failed)))
                : null;
    }

    private static Finding told(JobResult result) {
        return homework.otus.mysql.backup.Restored.by(result)
                ? Finding.yes(Restored, Reason.Restored, result.message())
                : Finding.no(Restored, Reason.NothingToRestore, result.message());
    }
}
