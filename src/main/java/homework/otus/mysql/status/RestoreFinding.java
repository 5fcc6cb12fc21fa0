package homework.otus.mysql.status;

import static homework.otus.mysql.status.ConditionType.Restored;

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
        if (!job.ours()) {
            return null;
        }
        JobResult result = job.result();
        return switch (job.state()) {
            case RUNNING -> null;
            case FAILED -> Finding.no(Restored, Reason.RestoreFailed, ReadyFinding.failure(job, "restore"));
            case COMPLETE -> result == null ? null : told(result);
        };
    }

    private static Finding told(JobResult result) {
        return homework.otus.mysql.plan.Restored.by(result)
                ? Finding.yes(Restored, Reason.Restored, result.message())
                : Finding.no(Restored, Reason.NothingToRestore, result.message());
    }
}
