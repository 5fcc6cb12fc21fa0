package homework.otus.mysql.kube;

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
 * app.kubernetes.io/managed-by: mysql-operator}. Users' Secrets
 * with a password wake the MySQL objects that name them, and can't be read.
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
        for (ResourceKind<?> kind : ResourceKind.ALL) {
            Map<String, ResourceCache<?>> byNamespace = new HashMap<>();
            for (String namespace : namespaces) {
                byNamespace.put(
                        namespace,
                        ResourceCache.of(kind, namespace, clients, queue::add, metrics, clock, this::mysqlsOf));
            }
            caches.put(kind.type(), byNamespace);
        }
        metrics.unreadable(() -> all().flatMap(cache -> cache.all().stream())
                .filter(decoded -> !decoded.readable())
                .count());
    }

    /** Empty also where it can't be read: see {@link #unreadable}. */
    public <T extends KubernetesObject> Optional<T> get(Class<T> type, String namespace, String name) {
        return find(type, namespace, name).filter(Decoded::readable).map(Decoded::object);
    }

    /** The objects that carry the label {@code otus.homework/mysql: <mysqlName>} and can be read, in no order. */
    public <T extends KubernetesObject> List<T> ofMySQL(Class<T> type, String namespace, String mysqlName) {
        ResourceCache<T> cache = cache(type, namespace);
        return cache == null
                ? List.of()
                : cache.ofMySQL(new Request(namespace, mysqlName)).stream()
                        .filter(Decoded::readable)
                        .map(Decoded::object)
                        .toList();
    }

    /** The object, or its outline where it can't be read. */
    <T extends KubernetesObject> Optional<T> outline(Class<T> type, String namespace, String name) {
        return find(type, namespace, name).map(Decoded::object);
    }

    /**
     * What can't be read of a MySQL and the objects with its label, a line for each. Where there is any, no decision may be
     * taken: what can't be read is not absent.
     */
    List<String> unreadable(Request mysql) {
        List<String> problems = new ArrayList<>();
        for (Class<?> type : caches.keySet()) {
            ResourceCache<?> cache = cacheOf(type, mysql.getNamespace());
            if (cache != null) {
                cache.ofMySQL(mysql).stream()
                        .filter(decoded -> !decoded.readable())
                        .map(decoded ->
                                cache.plural() + "/" + decoded.getMetadata().getName() + ": " + decoded.problem())
                        .forEach(problems::add);
            }
        }
        return problems.stream().sorted().toList();
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

    public List<Request> mysqls() {
        List<Request> keys = new ArrayList<>();
        for (ResourceCache<?> cache : byNamespace(MySQL.class).values()) {
            for (Decoded<?> mysql : cache.all()) {
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
                        .map(Decoded::object)
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

    private <T extends KubernetesObject> Optional<Decoded<T>> find(Class<T> type, String namespace, String name) {
        ResourceCache<T> cache = cache(type, namespace);
        return cache == null ? Optional.empty() : cache.get(namespace, name);
    }

    @SuppressWarnings("unchecked") // the map is filled by type
    private <T extends KubernetesObject> @Nullable ResourceCache<T> cache(Class<T> type, String namespace) {
        return (ResourceCache<T>) cacheOf(type, namespace);
    }

    private @Nullable ResourceCache<?> cacheOf(Class<?> type, String namespace) {
        Map<String, ResourceCache<?>> byNamespace = byNamespace(type);
        ResourceCache<?> cache = byNamespace.get(ALL_NAMESPACES);
        return cache == null ? byNamespace.get(namespace) : cache;
    }

    private Map<String, ResourceCache<?>> byNamespace(Class<?> type) {
        Map<String, ResourceCache<?>> byNamespace = caches.get(type);
        if (byNamespace == null) {
            throw new IllegalArgumentException("no cache of " + type.getSimpleName());
        }
        return byNamespace;
    }
}
