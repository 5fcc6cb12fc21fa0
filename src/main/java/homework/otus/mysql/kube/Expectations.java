package homework.otus.mysql.kube;

import homework.otus.mysql.telemetry.OperatorMetrics;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.extended.controller.reconciler.Request;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the caches must show before a key is planned again: its own last writes. Whoever writes says so here, with what the
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
    private final Map<Request, Map<Subject, Pending>> pending = new ConcurrentHashMap<>();

    Expectations(Caches caches, NanoClock clock, OperatorMetrics metrics) {
        this.caches = caches;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** @param result what the API server answered to a create, an apply or an update, with its resourceVersion */
    public void wrote(Request key, KubernetesObject result) {
        expect(key, result, new Expectation.Written(ResourceVersion.of(result.getMetadata())));
    }

    /** @param object what was asked to be deleted, with its uid; met when it is gone, replaced, or being deleted */
    public void deleted(Request key, KubernetesObject object) {
        expect(key, object, new Expectation.Deleted(object.getMetadata().getUid()));
    }

    /** Whether the key may be planned. What is met, or given up, is forgotten. */
    boolean caughtUp(Request key) {
        Map<Subject, Pending> ofKey = pending.get(key);
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
    String describe(Request key) {
        return pending.getOrDefault(key, Map.of()).entrySet().stream()
                .map(entry ->
                        (entry.getValue().what instanceof Expectation.Deleted ? "deleted " : "wrote ") + entry.getKey())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private void expect(Request key, KubernetesObject object, Expectation what) {
        V1ObjectMeta meta = object.getMetadata();
        if (caches.holds(object.getClass(), meta.getNamespace())) {
            pending.computeIfAbsent(key, k -> new ConcurrentHashMap<>())
                    .put(
                            new Subject(object.getClass(), meta.getNamespace(), meta.getName()),
                            new Pending(what, clock.nanoTime()));
        }
    }

    private boolean met(Subject subject, Pending pending) {
        V1ObjectMeta cached = caches.outline(subject.type, subject.namespace, subject.name)
                .map(KubernetesObject::getMetadata)
                .orElse(null);
        return pending.what.metBy(cached, caches.seen(subject.type, subject.namespace));
    }

    private boolean expired(Map.Entry<Subject, Pending> entry, long now) {
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

    private record Subject(Class<? extends KubernetesObject> type, String namespace, String name) {
        @Override
        public String toString() {
            return type.getSimpleName().replaceFirst("^V1", "") + " " + name;
        }
    }
}
