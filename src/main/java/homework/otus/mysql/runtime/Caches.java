package homework.otus.mysql.runtime;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.config.OperatorConfiguration;
import homework.otus.mysql.telemetry.OperatorMetrics;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.extended.controller.reconciler.Request;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The cluster as last heard: the MySQL objects, and those of their children that carry the label {@code
 * app.kubernetes.io/managed-by: mysql-operator}. Other Secrets wake the MySQL objects that name them, and can't be read.
 * Reading costs no API call. What is read is shared and must not be changed; it lacks {@code metadata.managedFields}.
 *
 * <p>Held types: {@link MySQL}, {@code V1PersistentVolumeClaim}, {@code V1Secret}, {@code V1Service}, {@code V1Deployment},
 * {@code V1ReplicaSet}, {@code V1Pod}, {@code V1Job}. Asking for another is an {@link IllegalArgumentException}; asking for
 * a namespace that is not watched finds nothing.
 */
@Singleton
public final class Caches {
    private static final String ALL_NAMESPACES = "";

    private final Map<Class<?>, Map<String, ResourceCache<?>>> caches = new HashMap<>();

    Caches(
            OperatorConfiguration configuration,
            ApiClients clients,
            KeyQueue queue,
            OperatorMetrics metrics,
            NanoClock clock) {
        List<String> watched = configuration.watchedNamespaces();
        List<String> namespaces = watched.isEmpty() ? List.of(ALL_NAMESPACES) : watched;
        for (ResourceKind<?, ?> kind : ResourceKind.ALL) {
            Map<String, ResourceCache<?>> byNamespace = new HashMap<>();
            for (String namespace : namespaces) {
                byNamespace.put(
                        namespace,
                        ResourceCache.of(kind, namespace, clients, queue::add, metrics, clock, this::mysqlsOf));
            }
            caches.put(kind.type(), byNamespace);
        }
    }

    public <T extends KubernetesObject> Optional<T> get(Class<T> type, String namespace, String name) {
        ResourceCache<T> cache = cache(type, namespace);
        return cache == null ? Optional.empty() : cache.get(namespace, name);
    }

    /** The objects that carry the label {@code otus.homework/mysql: <mysqlName>}, in no order. */
    public <T extends KubernetesObject> List<T> ofMySQL(Class<T> type, String namespace, String mysqlName) {
        ResourceCache<T> cache = cache(type, namespace);
        return cache == null ? List.of() : cache.ofMySQL(new Request(namespace, mysqlName));
    }

    void start() {
        all().forEach(ResourceCache::start);
    }

    void stop() {
        all().forEach(ResourceCache::stop);
    }

    boolean synced() {
        return all().allMatch(ResourceCache::synced);
    }

    /** The kinds that are still being listed for the first time. */
    List<String> unsynced() {
        return all().filter(cache -> !cache.synced())
                .map(ResourceCache::plural)
                .distinct()
                .sorted()
                .toList();
    }

    /** See {@link ClusterListerWatcher#lastContact}; of the cache that has been silent the longest. */
    long lastContact(long now) {
        return now - all().mapToLong(cache -> now - cache.lastContact()).max().orElse(0);
    }

    List<Request> mysqls() {
        List<Request> keys = new ArrayList<>();
        for (ResourceCache<?> cache : byNamespace(MySQL.class).values()) {
            for (KubernetesObject mysql : cache.all()) {
                keys.add(new Request(
                        mysql.getMetadata().getNamespace(), mysql.getMetadata().getName()));
            }
        }
        return keys;
    }

    boolean holds(Class<?> type, String namespace) {
        Map<String, ResourceCache<?>> byNamespace = caches.get(type);
        return byNamespace != null && (byNamespace.containsKey(ALL_NAMESPACES) || byNamespace.containsKey(namespace));
    }

    /** The highest resource version of an event that the type's cache already shows. */
    long seen(Class<? extends KubernetesObject> type, String namespace) {
        ResourceCache<?> cache = cache(type, namespace);
        return cache == null ? 0 : cache.seen();
    }

    private List<Request> mysqlsOf(KubernetesObject object) {
        return object instanceof SecretMetadata ? referring(object.getMetadata()) : ResourceCache.mysqlOf(object);
    }

    /** The MySQL objects whose password is in the Secret. */
    private List<Request> referring(V1ObjectMeta secret) {
        ResourceCache<MySQL> mysqls = cache(MySQL.class, secret.getNamespace());
        return mysqls == null
                ? List.of()
                : mysqls.all().stream()
                        .filter(mysql ->
                                secret.getNamespace().equals(mysql.getMetadata().getNamespace()))
                        .filter(mysql -> mysql.getSpec().getPasswordSecretRef() != null
                                && mysql.getSpec().getPasswordSecretRef().name().equals(secret.getName()))
                        .map(mysql -> new Request(
                                mysql.getMetadata().getNamespace(),
                                mysql.getMetadata().getName()))
                        .toList();
    }

    private Stream<ResourceCache<?>> all() {
        return caches.values().stream().flatMap(byNamespace -> byNamespace.values().stream());
    }

    @SuppressWarnings("unchecked") // the map is filled by type
    private <T extends KubernetesObject> @Nullable ResourceCache<T> cache(Class<T> type, String namespace) {
        Map<String, ResourceCache<?>> byNamespace = byNamespace(type);
        ResourceCache<?> cache = byNamespace.get(ALL_NAMESPACES);
        return (ResourceCache<T>) (cache == null ? byNamespace.get(namespace) : cache);
    }

    private Map<String, ResourceCache<?>> byNamespace(Class<?> type) {
        Map<String, ResourceCache<?>> byNamespace = caches.get(type);
        if (byNamespace == null) {
            throw new IllegalArgumentException("no cache of " + type.getSimpleName());
        }
        return byNamespace;
    }
}
