package homework.otus.mysql.program.password;

import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobFailure;
import java.time.Duration;
import java.util.function.LongSupplier;

/** How long to try again what may come right by itself, counted from when this is made. */
final class Patience {
    /** As {@link Thread#sleep(long)}. */
    interface Sleep {
        void millis(long millis) throws InterruptedException;
    }

    private final Duration limit;
    private final LongSupplier nanoTime;
    private final Sleep sleep;
    private final long started;

    Patience(Duration limit, LongSupplier nanoTime, Sleep sleep) {
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.sleep = sleep;
        started = nanoTime.getAsLong();
    }

    boolean isOver() {
        return nanoTime.getAsLong() - started >= limit.toNanos();
    }

    void pause(Duration duration) throws JobFailure {
        try {
            sleep.millis(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobFailure(FailureReason.Interrupted, "The Job was interrupted while it waited.", e);
        }
    }

    /** As in {@code 180 seconds}. */
    @Override
    public String toString() {
        return limit.toSeconds() + " seconds";
    }
}
