package homework.otus.mysql.status;

import static homework.otus.mysql.api.ConditionType.Restored;

import homework.otus.mysql.job.JobResult;
import homework.otus.mysql.observe.JobRun;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.plan.Phase;
import homework.otus.mysql.plan.Plan;
import org.jspecify.annotations.Nullable;

/** What became of an earlier life's rows. */
final class RestoreFinding {
    private RestoreFinding() {}

    /** Null where no Job of this life tells anything. */
    static @Nullable Finding of(Observed o, Plan plan) {
        if (plan.phase() == Phase.RESTORING) {
            return Finding.unknown(Restored, Reason.Restoring, "the restore Job is at work");
        }
        JobRun job = o.restoreJob();
        JobResult result = job.result();
        if (job.answered() && result != null) {
            return told(result);
        }
        return job.is(JobRun.State.FAILED)
                ? Finding.no(Restored, Reason.RestoreFailed, ReadyFinding.failure(job, "restore"))
                : null;
    }

    private static Finding told(JobResult result) {
        return homework.otus.mysql.plan.Restored.by(result)
                ? Finding.yes(Restored, Reason.Restored, result.message())
                : Finding.no(Restored, Reason.NothingToRestore, result.message());
    }
}
