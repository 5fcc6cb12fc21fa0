package homework.otus.mysql.kube;

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
import org.jspecify.annotations.Nullable;

/**
 * The cluster as last heard: the objects of the kinds in the table, as far as their labels select them. An event wakes the
 * controllers whose objects it concerns. Reading costs no API call. What is read is shared and must not be changed; it lacks
 * {@code metadata.managedFields}.
 *
 * <p>Asking for a type that the table doesn't hold is an {@link IllegalArgumentException}; asking for a namespace that is not
 * watched finds nothing.
 */
@Singleton
public final class Caches {
    private static final String ALL_NAMESPACES = "";

    private final Queues queues;
    private final List<ResourceCache<?>> all = new ArrayList<>();
    private final Map<Class<?>, Map<String, ResourceCache<?>>> held = new HashMap<>();

    Caches(
            OperatorConfiguration configuration,
            ResourceKinds kinds,
            ApiClients clients,
            Queues queues,
            OperatorMetrics metrics,
            NanoClock clock) {
        this.queues = queues;
        List<String> watched = configuration.watchedNamespaces();
        List<String> namespaces = watched.isEmpty() ? List.of(ALL_NAMESPACES) : watched;
        for (ResourceKind<?> kind : kinds.all()) {
            if (!kind.cached()) {
                continue;
            }
            Map<String, ResourceCache<?>> byNamespace = new HashMap<>();
            for (String namespace : namespaces) {
                byNamespace.put(namespace, cache(kind, namespace, clients, metrics, clock));
            }
            all.addAll(byNamespace.values());
            if (kind.held()) {
                held.put(kind.type(), byNamespace);
            }
        }
        metrics.unreadable(() -> all.stream()
                .flatMap(cache -> cache.all().stream())
                .filter(decoded -> !decoded.readable())
                .count());
    }

    private <T extends KubernetesObject> ResourceCache<T> cache(
            ResourceKind<T> kind, String namespace, ApiClients clients, OperatorMetrics metrics, NanoClock clock) {
        return new ResourceCache<>(kind, namespace, clients, object -> wake(kind, object), metrics, clock);
    }

    private <T extends KubernetesObject> void wake(ResourceKind<T> kind, T object) {
        for (ResourceKind.Concern<T> concern : kind.concerns()) {
            concern.key().apply(object).ifPresent(queues.of(concern.kind())::add);
        }
        for (ResourceKind.Mention<?> mention : kind.mentions()) {
            mentioning(mention, object.getMetadata()).forEach(queues.of(mention.kind())::add);
        }
    }

    private <P extends KubernetesObject> List<Request> mentioning(ResourceKind.Mention<P> by, V1ObjectMeta mentioned) {
        ResourceCache<P> cache = find(by.kind(), String.valueOf(mentioned.getNamespace()));
        return cache == null
                ? List.of()
                : cache.all().stream()
                        .map(Decoded::object)
                        .filter(object -> String.valueOf(mentioned.getNamespace())
                                .equals(object.getMetadata().getNamespace()))
                        .filter(object -> by.name()
                                .apply(object)
                                .filter(name -> name.equals(mentioned.getName()))
                                .isPresent())
                        .map(Caches::request)
                        .toList();
    }

    private static Request request(KubernetesObject object) {
        return new Request(
                object.getMetadata().getNamespace(), object.getMetadata().getName());
    }

    /** Empty also where it can't be read: see {@link #unreadable}. */
    public <T extends KubernetesObject> Optional<T> get(Class<T> type, String namespace, String name) {
        return decoded(type, namespace, name).filter(Decoded::readable).map(Decoded::object);
    }

    /** The objects that concern the one with this key, and can be read, in no order. */
    public <T extends KubernetesObject> List<T> concerning(
            Class<? extends KubernetesObject> kind, Request key, Class<T> type) {
        ResourceCache<T> cache = find(type, key.getNamespace());
        return cache == null
                ? List.of()
                : cache.concerning(kind, key).stream()
                        .filter(Decoded::readable)
                        .map(Decoded::object)
                        .toList();
    }

    /** The object, or its outline where it can't be read. */
    <T extends KubernetesObject> Optional<T> outline(Class<T> type, String namespace, String name) {
        return decoded(type, namespace, name).map(Decoded::object);
    }

    /**
     * What can't be read of the object with this key and of those that concern it, a line for each. Where there is any, no
     * decision may be taken: what can't be read is not absent.
     */
    List<String> unreadable(Class<? extends KubernetesObject> kind, Request key) {
        List<String> problems = new ArrayList<>();
        for (Class<?> type : held.keySet()) {
            ResourceCache<?> cache = cacheOf(type, key.getNamespace());
            if (cache != null) {
                cache.concerning(kind, key).stream()
                        .filter(decoded -> !decoded.readable())
                        .map(decoded ->
                                cache.plural() + "/" + decoded.getMetadata().getName() + ": " + decoded.problem())
                        .forEach(problems::add);
            }
        }
        return problems.stream().sorted().toList();
    }

    void start() {
        all.forEach(ResourceCache::start);
    }

    void stop() {
        all.forEach(ResourceCache::stop);
    }

    boolean synced() {
        return all.stream().allMatch(ResourceCache::synced);
    }

    /** The kinds that are still being listed for the first time. */
    List<String> unsynced() {
        return all.stream()
                .filter(cache -> !cache.synced())
                .map(ResourceCache::plural)
                .distinct()
                .sorted()
                .toList();
    }

    /** See {@link ClusterListerWatcher#lastContact}; of the cache that has been silent the longest. */
    long lastContact(long now) {
        return now
                - all.stream()
                        .mapToLong(cache -> now - cache.lastContact())
                        .max()
                        .orElse(0);
    }

    /** Of all objects of the kind, also of those that can't be read. */
    public List<Request> keys(Class<? extends KubernetesObject> kind) {
        return byNamespace(kind).values().stream()
                .flatMap(cache -> cache.all().stream())
                .map(Caches::request)
                .toList();
    }

    boolean holds(Class<?> type, String namespace) {
        Map<String, ResourceCache<?>> byNamespace = held.get(type);
        return byNamespace != null && (byNamespace.containsKey(ALL_NAMESPACES) || byNamespace.containsKey(namespace));
    }

    /** The highest resource version of an event that the type's cache already shows. */
    long seen(Class<? extends KubernetesObject> type, String namespace) {
        ResourceCache<?> cache = find(type, namespace);
        return cache == null ? 0 : cache.seen();
    }

    private <T extends KubernetesObject> Optional<Decoded<T>> decoded(Class<T> type, String namespace, String name) {
        ResourceCache<T> cache = find(type, namespace);
        return cache == null ? Optional.empty() : cache.get(namespace, name);
    }

    @SuppressWarnings("unchecked") // the map is filled by type
    private <T extends KubernetesObject> @Nullable ResourceCache<T> find(Class<T> type, String namespace) {
        return (ResourceCache<T>) cacheOf(type, namespace);
    }

    private @Nullable ResourceCache<?> cacheOf(Class<?> type, String namespace) {
        Map<String, ResourceCache<?>> byNamespace = byNamespace(type);
        ResourceCache<?> cache = byNamespace.get(ALL_NAMESPACES);
        return cache == null ? byNamespace.get(namespace) : cache;
    }

    private Map<String, ResourceCache<?>> byNamespace(Class<?> type) {
        Map<String, ResourceCache<?>> byNamespace = held.get(type);
        if (byNamespace == null) {
            throw new IllegalArgumentException("no cache of " + type.getSimpleName());
        }
        return byNamespace;
    }
}
