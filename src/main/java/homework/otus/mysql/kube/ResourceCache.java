package homework.otus.mysql.kube;

import homework.otus.mysql.telemetry.OperatorMetrics;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.extended.controller.reconciler.Request;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.cache.Cache;
import io.kubernetes.client.informer.impl.DefaultSharedIndexInformer;
import io.kubernetes.client.openapi.ApiException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All objects of one kind, in one namespace or in all, kept up to date by a watch. */
final class ResourceCache<T extends KubernetesObject> {
    private static final Logger LOG = LoggerFactory.getLogger(ResourceCache.class);
    private static final String BY_CONCERN = "concern";
    /** A period above zero loses the events of a relist in client-java: the operator has a timer of its own. */
    private static final long NO_RESYNC = 0;

    private final ResourceKind<T> kind;
    private final Consumer<T> wake;
    private final ClusterListerWatcher<T> source;
    private final Cache<Decoded<T>> cache = new Cache<>();
    private final DefaultSharedIndexInformer<Decoded<T>, DecodedList<T>> informer;
    private final AtomicLong seen = new AtomicLong();
    private volatile String complaint = "";

    /**
     * @param namespace empty for all
     * @param wake those whom an object concerns
     */
    @SuppressWarnings("unchecked") // there is one class for all kinds
    ResourceCache(
            ResourceKind<T> kind,
            String namespace,
            ApiClients clients,
            Consumer<T> wake,
            OperatorMetrics metrics,
            NanoClock clock) {
        this.kind = kind;
        this.wake = wake;
        this.source = new ClusterListerWatcher<>(kind, namespace, clients, metrics, clock);
        Class<Decoded<T>> type = (Class<Decoded<T>>) (Class<?>) Decoded.class;
        this.informer = new DefaultSharedIndexInformer<>(type, source, NO_RESYNC, cache, (t, e) -> complain(e));
        informer.addIndexers(Map.of(BY_CONCERN, this::concerns));
        informer.addEventHandler(new Waker());
    }

    /** Tried again each second: the same reason is told once. */
    private void complain(Throwable t) {
        String reason = t instanceof ApiException e && e.getCode() > 0
                ? e.getCode() + " " + e.getResponseBody()
                : String.valueOf(t.getCause() == null ? t : t.getCause());
        if (!reason.equals(complaint)) {
            complaint = reason;
            LOG.warn("Listing and watching {} failed, trying again: {}", kind.plural(), reason);
        }
    }

    void start() {
        informer.run();
    }

    void stop() {
        informer.stop();
    }

    boolean synced() {
        return informer.hasSynced();
    }

    String plural() {
        return kind.plural();
    }

    /** See {@link ClusterListerWatcher#lastContact}. */
    long lastContact() {
        return source.lastContact();
    }

    /** The highest resource version of an event that the cache already shows. */
    long seen() {
        return seen.get();
    }

    Optional<Decoded<T>> get(String namespace, String name) {
        return Optional.ofNullable(cache.getByKey(namespace + "/" + name));
    }

    List<Decoded<T>> concerning(Class<? extends KubernetesObject> type, Request key) {
        return cache.byIndex(BY_CONCERN, indexKey(type, key));
    }

    List<Decoded<T>> all() {
        return cache.list();
    }

    private List<String> concerns(Decoded<T> decoded) {
        return kind.concerns().stream()
                .flatMap(concern ->
                        concern.key().apply(decoded.object()).stream().map(key -> indexKey(concern.kind(), key)))
                .toList();
    }

    private static String indexKey(Class<? extends KubernetesObject> type, Request key) {
        return type.getName() + "/" + key.getNamespace() + "/" + key.getName();
    }

    private final class Waker implements ResourceEventHandler<Decoded<T>> {
        @Override
        public void onAdd(Decoded<T> decoded) {
            handle(decoded, "");
        }

        @Override
        public void onUpdate(Decoded<T> before, Decoded<T> decoded) {
            // A label that moved from one owner to another concerns both.
            wake.accept(before.object());
            handle(decoded, before.problem());
        }

        @Override
        public void onDelete(Decoded<T> decoded, boolean finalStateUnknown) {
            if (finalStateUnknown) {
                wake.accept(decoded.object());
            } else {
                handle(decoded, decoded.problem());
            }
        }

        private void handle(Decoded<T> decoded, String problemBefore) {
            complaint = "";
            if (!decoded.readable() && !decoded.problem().equals(problemBefore)) {
                LOG.warn(
                        "Can't read {} {} in namespace {}, and leaves what it concerns as it is: {}",
                        kind.plural(),
                        decoded.getMetadata().getName(),
                        decoded.getMetadata().getNamespace(),
                        decoded.problem());
            }
            seen.accumulateAndGet(ResourceVersion.of(decoded.getMetadata()), Math::max);
            wake.accept(decoded.object());
        }
    }
}
