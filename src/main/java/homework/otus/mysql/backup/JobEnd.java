package homework.otus.mysql.backup;

import homework.otus.mysql.child.JobRun;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.program.JobResult;
import java.util.function.Function;

/** Why a Job has failed, in words. */
final class JobEnd {
    private JobEnd() {}

    static String ofBackup(Observed observed) {
        return words(observed.backupJob(), "backup", failed -> ArchiveAdvice.ofBackup(observed.name(), failed));
    }

    static String ofRestore(Observed observed) {
        return words(observed.restoreJob(), "restore", failed -> ArchiveAdvice.ofRestore(observed.name(), failed));
    }

    /**
     * What it said, or what is known of one that could not say anything.
     *
     * @param what it does, as in {@code backup}
     * @param told what users read of its answer
     */
    private static String words(JobRun job, String what, Function<JobResult, String> told) {
        JobResult result = job.result();
        if (job.lost()) {
            return "the " + what + " Job ended, and its answer was gone before it was read; it is tried again";
        }
        return result == null
                ? "the " + what
                        + " Job failed without reporting a reason: see kubectl describe job and kubectl logs; it is tried"
                        + " again, and at once when you delete it"
                : told.apply(result);
    }
}
