package homework.otus.mysql.kube;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.telemetry.OperatorMetrics;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.extended.controller.reconciler.Request;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.cache.Cache;
import io.kubernetes.client.informer.impl.DefaultSharedIndexInformer;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All objects of one kind, in one namespace or in all, kept up to date by a watch. */
final class ResourceCache<T extends KubernetesObject> {
    static final String MYSQL_LABEL = "otus.homework/mysql";

    private static final Logger LOG = LoggerFactory.getLogger(ResourceCache.class);
    private static final String BY_MYSQL = "mysql";
    /** A period above zero loses the events of a relist in client-java: the operator has a timer of its own. */
    private static final long NO_RESYNC = 0;

    private final ResourceKind<T> kind;
    private final Function<T, List<Request>> mysqlsOf;
    private final ClusterListerWatcher<T> source;
    private final Cache<Decoded<T>> cache = new Cache<>();
    private final DefaultSharedIndexInformer<Decoded<T>, DecodedList<T>> informer;
    private final AtomicLong seen = new AtomicLong();
    private volatile String complaint = "";

    @SuppressWarnings("unchecked") // there is one class for all kinds
    private ResourceCache(
            ResourceKind<T> kind,
            ClusterListerWatcher<T> source,
            Consumer<Request> wake,
            Function<T, List<Request>> mysqlsOf) {
        this.kind = kind;
        this.mysqlsOf = mysqlsOf;
        this.source = source;
        Class<Decoded<T>> type = (Class<Decoded<T>>) (Class<?>) Decoded.class;
        this.informer = new DefaultSharedIndexInformer<>(type, source, NO_RESYNC, cache, (t, e) -> complain(e));
        informer.addIndexers(Map.of(
                BY_MYSQL,
                decoded -> mysqlsOf.apply(decoded.object()).stream()
                        .map(ResourceCache::indexKey)
                        .toList()));
        informer.addEventHandler(new Waker(wake));
    }

    /**
     * @param namespace empty for all
     * @param mysqlsOf the MySQL objects that an object concerns
     */
    static <T extends KubernetesObject> ResourceCache<T> of(
            ResourceKind<T> kind,
            String namespace,
            ApiClients clients,
            Consumer<Request> wake,
            OperatorMetrics metrics,
            NanoClock clock,
            Function<T, List<Request>> mysqlsOf) {
        return new ResourceCache<>(
                kind, new ClusterListerWatcher<>(kind, namespace, clients, metrics, clock), wake, mysqlsOf);
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

    List<Decoded<T>> ofMySQL(Request mysql) {
        return cache.byIndex(BY_MYSQL, indexKey(mysql));
    }

    List<Decoded<T>> all() {
        return cache.list();
    }

    /** The MySQL that an object is of: the object itself, or the one that its label names. */
    static List<Request> mysqlOf(KubernetesObject object) {
        V1ObjectMeta meta = object.getMetadata();
        if (object instanceof MySQL) {
            return List.of(new Request(meta.getNamespace(), meta.getName()));
        }
        String name = meta.getLabels() == null ? null : meta.getLabels().get(MYSQL_LABEL);
        return name == null ? List.of() : List.of(new Request(meta.getNamespace(), name));
    }

    private static String indexKey(Request mysql) {
        return mysql.getNamespace() + "/" + mysql.getName();
    }

    private final class Waker implements ResourceEventHandler<Decoded<T>> {
        private final Consumer<Request> wake;

        Waker(Consumer<Request> wake) {
            this.wake = wake;
        }

        @Override
        public void onAdd(Decoded<T> decoded) {
            handle(decoded, "");
        }

        @Override
        public void onUpdate(Decoded<T> before, Decoded<T> decoded) {
            // A label that moved from one MySQL to another concerns both.
            mysqlsOf.apply(before.object()).forEach(wake);
            handle(decoded, before.problem());
        }

        @Override
        public void onDelete(Decoded<T> decoded, boolean finalStateUnknown) {
            if (finalStateUnknown) {
                mysqlsOf.apply(decoded.object()).forEach(wake);
            } else {
                handle(decoded, decoded.problem());
            }
        }

        private void handle(Decoded<T> decoded, String problemBefore) {
            complaint = "";
            if (!decoded.readable() && !decoded.problem().equals(problemBefore)) {
                LOG.warn(
                        "Can't read {} {} in namespace {}, and leaves its MySQL as it is: {}",
                        kind.plural(),
                        decoded.getMetadata().getName(),
                        decoded.getMetadata().getNamespace(),
                        decoded.problem());
            }
            seen.accumulateAndGet(ResourceVersion.of(decoded.getMetadata()), Math::max);
            mysqlsOf.apply(decoded.object()).forEach(wake);
        }
    }
}
