package homework.otus.mysql.kube;

import homework.otus.mysql.telemetry.OperatorMetrics;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the caches must show before an object is planned again: the last writes of its own reconciles. Whoever writes says so here, with what the
 * API server answered; a write to something that no cache holds is of no interest and ignored.
 *
 * <p>A cache that has not shown a write after {@link #PATIENCE} is believed all the same: writes are safe on old caches,
 * only wasteful.
 */
@Singleton
public final class Expectations {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Expectations.class);

    private final Caches caches;
    private final NanoClock clock;
    private final OperatorMetrics metrics;
    private final Map<Key, Map<Key, Pending>> pending = new ConcurrentHashMap<>();

    Expectations(Caches caches, NanoClock clock, OperatorMetrics metrics) {
        this.caches = caches;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** @param result what the API server answered to a create, an apply or an update, with its resourceVersion */
    public void wrote(Key key, KubernetesObject result) {
        expect(key, result, new Expectation.Stored(ResourceVersion.of(result.getMetadata())));
    }

    /** @param object what was asked to be deleted, with its uid; met when it is gone, replaced, or being deleted */
    public void deleted(Key key, KubernetesObject object) {
        expect(key, object, new Expectation.Deleted(object.getMetadata().getUid()));
    }

    /** Whether the key may be planned. What is met, or given up, is forgotten. */
    boolean caughtUp(Key key) {
        Map<Key, Pending> ofKey = pending.get(key);
        if (ofKey == null) {
            return true;
        }
        long now = clock.nanoTime();
        ofKey.entrySet().removeIf(entry -> met(entry.getKey(), entry.getValue()) || expired(entry, now));
        if (ofKey.isEmpty()) {
            pending.remove(key);
            return true;
        }
        return false;
    }

    /** What was written and is not yet seen, for the log: {@code wrote Secret db-credentials, deleted Job backup-db-job}. */
    String describe(Key key) {
        return pending.getOrDefault(key, Map.of()).entrySet().stream()
                .map(entry ->
                        (entry.getValue().what instanceof Expectation.Deleted ? "deleted " : "wrote ") + entry.getKey())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private void expect(Key key, KubernetesObject object, Expectation what) {
        if (caches.holds(object.getClass(), object.getMetadata().getNamespace())) {
            pending.computeIfAbsent(key, k -> new ConcurrentHashMap<>())
                    .put(Key.of(object), new Pending(what, clock.nanoTime()));
        }
    }

    private boolean met(Key object, Pending pending) {
        V1ObjectMeta cached = caches.outline(object.type(), object.namespace(), object.name())
                .map(KubernetesObject::getMetadata)
                .orElse(null);
        return pending.what.metBy(cached, caches.seen(object.type(), object.namespace()));
    }

    private boolean expired(Map.Entry<Key, Pending> entry, long now) {
        if (now - entry.getValue().since < PATIENCE.toNanos()) {
            return false;
        }
        LOG.warn(
                "The cache did not show {} of {} within {} s",
                entry.getValue().what,
                entry.getKey(),
                PATIENCE.toSeconds());
        metrics.expectationExpired();
        return true;
    }

    private record Pending(Expectation what, long since) {}
}
