package homework.otus.mysql.kube;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Liveness;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.reactivestreams.Publisher;

/** Down when only a restart helps: a reconcile that does not end, or a cache whose thread no longer asks for anything. */
@Singleton
@Liveness
final class LivenessIndicator implements HealthIndicator {
    /** Calls end after 30 seconds, and a reconcile makes few. */
    static final Duration STUCK_RECONCILE = Duration.ofMinutes(5);
    /** A watch lasts for ten minutes at most. */
    static final Duration SILENT_CACHE = Duration.ofMinutes(15);

    private final List<Controller<?>> controllers;
    private final Caches caches;
    private final NanoClock clock;

    LivenessIndicator(List<Controller<?>> controllers, Caches caches, NanoClock clock) {
        this.controllers = controllers;
        this.caches = caches;
        this.clock = clock;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        long now = clock.nanoTime();
        Duration reconcile = controllers.stream()
                .map(Controller::longestRunning)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        Duration silence = Duration.ofNanos(now - caches.lastContact(now));
        boolean alive = reconcile.compareTo(STUCK_RECONCILE) < 0 && silence.compareTo(SILENT_CACHE) < 0;
        return Publishers.just(HealthResult.builder("operator", alive ? HealthStatus.UP : HealthStatus.DOWN)
                .details(Map.of(
                        "longestReconcileSeconds",
                        reconcile.toSeconds(),
                        "longestCacheSilenceSeconds",
                        silence.toSeconds()))
                .build());
    }
}
