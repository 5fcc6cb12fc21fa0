package homework.otus.mysql.step;

import homework.otus.mysql.child.JobRun;
import java.time.Duration;
import java.time.Instant;

/** When a failed Job is tried again: after 10 s, doubling, every 5 minutes in the end. */
public final class Retry {
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private Retry() {}

    /** Zero or less when it is due. A changed spec may be the cure, and makes it due at once. */
    public static Duration until(JobRun failed, Instant now, long generation) {
        if (failed.generation() != generation || failed.endedAt() == null) {
            return Duration.ZERO;
        }
        return Duration.between(now, failed.endedAt().plus(delay(failed.attempt())));
    }

    static Duration delay(int attempt) {
        int doublings = Math.min(Math.max(attempt - 1, 0), 10);
        Duration delay = FIRST.multipliedBy(1L << doublings);
        return delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
    }
}
