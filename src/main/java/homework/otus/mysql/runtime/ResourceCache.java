package homework.otus.mysql.runtime;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.telemetry.OperatorMetrics;
import io.kubernetes.client.common.KubernetesListObject;
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

    private final ResourceKind<T, ?> kind;
    private final Function<T, List<Request>> mysqlsOf;
    private final ClusterListerWatcher<T, ?> source;
    private final Cache<T> cache = new Cache<>();
    private final DefaultSharedIndexInformer<T, ?> informer;
    private final AtomicLong seen = new AtomicLong();
    private volatile String complaint = "";

    private <L extends KubernetesListObject> ResourceCache(
            ResourceKind<T, L> kind,
            ClusterListerWatcher<T, L> source,
            Consumer<Request> wake,
            Function<T, List<Request>> mysqlsOf) {
        this.kind = kind;
        this.mysqlsOf = mysqlsOf;
        this.source = source;
        this.informer =
                new DefaultSharedIndexInformer<>(kind.type(), source, NO_RESYNC, cache, (type, t) -> complain(t));
        informer.addIndexers(Map.of(
                BY_MYSQL,
                object -> mysqlsOf.apply(object).stream()
                        .map(ResourceCache::indexKey)
                        .toList()));
        // A relist also hands in markers for deleted objects, which are no T.
        informer.setTransform(object -> {
            if (kind.type().isInstance(object) && object.getMetadata() != null) {
                object.getMetadata().setManagedFields(null);
                if (object instanceof SecretMetadata) {
                    // kubectl apply keeps the whole Secret in one.
                    object.getMetadata().setAnnotations(null);
                }
            }
            return object;
        });
        informer.addEventHandler(new Waker(wake));
    }

    /**
     * @param namespace empty for all
     * @param mysqlsOf the MySQL objects that an object concerns
     */
    static <T extends KubernetesObject, L extends KubernetesListObject> ResourceCache<T> of(
            ResourceKind<T, L> kind,
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

    Optional<T> get(String namespace, String name) {
        return Optional.ofNullable(cache.getByKey(namespace + "/" + name));
    }

    List<T> ofMySQL(Request mysql) {
        return cache.byIndex(BY_MYSQL, indexKey(mysql));
    }

    List<T> all() {
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

    private final class Waker implements ResourceEventHandler<T> {
        private final Consumer<Request> wake;

        Waker(Consumer<Request> wake) {
            this.wake = wake;
        }

        @Override
        public void onAdd(T object) {
            handle(object);
        }

        @Override
        public void onUpdate(T before, T object) {
            // A label that moved from one MySQL to another concerns both.
            mysqlsOf.apply(before).forEach(wake);
            handle(object);
        }

        @Override
        public void onDelete(T object, boolean finalStateUnknown) {
            if (finalStateUnknown) {
                mysqlsOf.apply(object).forEach(wake);
            } else {
                handle(object);
            }
        }

        private void handle(T object) {
            complaint = "";
            seen.accumulateAndGet(ResourceVersion.of(object.getMetadata()), Math::max);
            mysqlsOf.apply(object).forEach(wake);
        }
    }
}
