package homework.otus.mysql.kube;

import homework.otus.mysql.config.OperatorConfiguration;
import homework.otus.mysql.telemetry.OperatorMetrics;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/**
 * Whether this process may write, judged by the time since the start of its last successful renewal of the lease. A
 * process that was stopped for longer than its lease learns it here, before its next write and without asking anybody.
 */
@Singleton
public final class Leadership {
    private final NanoClock clock;
    private final long validNanos;
    private volatile Renewal last = Renewal.NONE;

    Leadership(OperatorConfiguration configuration, NanoClock clock, OperatorMetrics metrics) {
        this.clock = clock;
        // A tenth is left for the write that follows the check, and for clocks that do not run at the same speed.
        this.validNanos = configuration.getLease().getDuration().toNanos() / 10 * 9;
        metrics.leader(this::isValid);
    }

    /**
     * To be called right before each write.
     *
     * @throws LeaseNotHeldException when the lease was never acquired, is lost, or was last renewed too long ago
     */
    public void requireValid() {
        Renewal now = last;
        if (!now.held) {
            throw new LeaseNotHeldException("this process does not hold the lease");
        }
        long age = clock.nanoTime() - now.renewedAt;
        if (age > validNanos) {
            throw new LeaseNotHeldException("the lease was last renewed " + TimeUnit.NANOSECONDS.toMillis(age)
                    + " ms ago: another process may hold it by now");
        }
    }

    /** Whether {@link #requireValid} would pass. */
    public boolean isValid() {
        Renewal now = last;
        return now.held && clock.nanoTime() - now.renewedAt <= validNanos;
    }

    /** @param startedAt the clock's reading from before the renewal was sent */
    void renewed(long startedAt) {
        last = new Renewal(true, startedAt);
    }

    void lost() {
        last = Renewal.NONE;
    }

    private record Renewal(boolean held, long renewedAt) {
        static final Renewal NONE = new Renewal(false, 0);
    }
}
