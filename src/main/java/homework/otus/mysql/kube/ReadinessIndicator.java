package homework.otus.mysql.kube;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.Map;
import org.reactivestreams.Publisher;

/** Up when the caches are filled, in a replica that leads and in one that stands by. */
@Singleton
@Readiness
final class ReadinessIndicator implements HealthIndicator {
    private final Caches caches;
    private final Leadership leadership;

    ReadinessIndicator(Caches caches, Leadership leadership) {
        this.caches = caches;
        this.leadership = leadership;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        return Publishers.just(HealthResult.builder("operator", caches.synced() ? HealthStatus.UP : HealthStatus.DOWN)
                .details(Map.of("leader", leadership.isValid(), "listing", caches.unsynced()))
                .build());
    }
}
