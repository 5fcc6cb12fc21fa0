package homework.otus.mysql.step;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When what has failed is tried again: after 10 s, doubling, every 5 minutes in the end. */
public final class Retry {
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private Retry() {}

    /**
     * How long to wait; null: it is due.
     *
     * @param attempt how often it has failed in a row, from 1
     * @param endedAt null: it is due
     */
    public static @Nullable Duration until(int attempt, @Nullable Instant endedAt, Instant now) {
        Duration wait = endedAt == null ? Duration.ZERO : Duration.between(now, endedAt.plus(delay(attempt)));
        return wait.isZero() || wait.isNegative() ? null : wait;
    }

    static Duration delay(int attempt) {
        int doublings = Math.min(Math.max(attempt - 1, 0), 10);
        Duration delay = FIRST.multipliedBy(1L << doublings);
        return delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
    }
}
