package homework.otus.mysql.observe;

import homework.otus.mysql.program.JobResult;

/** Reads the answer of a restore Job. */
public final class Restored {
    private Restored() {}

    /** Whether the data directory came from an archive, be it by this run of the Job or by one before it. */
    public static boolean by(JobResult result) {
        return switch (result.outcome()) {
            case Restored -> true;
            case AlreadyThere -> result.archive() != null;
            default -> false;
        };
    }
}
