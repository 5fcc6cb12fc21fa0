package homework.otus.mysql.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What {@code /prometheus} shows of the operator's own work, all under {@code mysql_operator_}. */
@Singleton
public final class OperatorMetrics {
    private final MeterRegistry meters;

    public OperatorMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** How one call of the reconciler ended. */
    public enum Outcome {
        /** Nothing more to do until the next event. */
        DONE,
        /** Asked to be called again at a certain time. */
        REQUEUED,
        /** Put off because the caches do not show the key's own last writes yet. */
        WAITED,
        /** Threw, and is tried again after a growing delay. */
        FAILED
    }

    /** {@code mysql_operator_reconcile_seconds{outcome}}: how many reconciles, and how long they took. */
    public void reconciled(Outcome outcome, Duration duration) {
        Timer.builder("mysql.operator.reconcile")
                .description("Reconciles by outcome")
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(meters)
                .record(duration);
    }

    /** {@code mysql_operator_writes_total{resource,verb,code}}: requests to the API server that change something. */
    public void wrote(String resource, String verb, int code) {
        Counter.builder("mysql.operator.writes")
                .description("Writes to the API server")
                .tag("resource", resource)
                .tag("verb", verb)
                .tag("code", String.valueOf(code))
                .register(meters)
                .increment();
    }

    /** {@code mysql_operator_relists_total{resource}}: lists of a cache after its first; a few a day are normal. */
    public void relisted(String resource) {
        Counter.builder("mysql.operator.relists")
                .description("Caches filled anew because their watch could not go on")
                .tag("resource", resource)
                .register(meters)
                .increment();
    }

    /** {@code mysql_operator_unreadable}: objects in the caches that the API server took and the operator can't read. */
    public void unreadable(Supplier<Number> count) {
        Gauge.builder("mysql.operator.unreadable", count)
                .description("Objects that the operator can't read")
                .register(meters);
    }

    /** {@code mysql_operator_expectations_expired_total}: writes that the caches did not show within 30 seconds. */
    public void expectationExpired() {
        Counter.builder("mysql.operator.expectations.expired")
                .description("Own writes that a cache did not show in time")
                .register(meters)
                .increment();
    }

    /** {@code mysql_operator_released_without_backup_total}: databases that went with their namespace. */
    public void releasedWithoutBackup() {
        Counter.builder("mysql.operator.released.without.backup")
                .description("Databases that were deleted with their namespace, and so without a final backup")
                .register(meters)
                .increment();
    }

    /** {@code mysql_operator_queue_depth}: keys that wait for a worker. */
    public void queueDepth(Supplier<Number> depth) {
        Gauge.builder("mysql.operator.queue.depth", depth)
                .description("Keys that wait for a worker")
                .register(meters);
    }

    /** {@code mysql_operator_leader}: 1 while this replica may write. */
    public void leader(BooleanSupplier leading) {
        Gauge.builder("mysql.operator.leader", () -> leading.getAsBoolean() ? 1 : 0)
                .description("1 while this replica is the leader")
                .register(meters);
    }
}
