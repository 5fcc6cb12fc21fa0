package homework.otus.mysql.kube;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.extended.controller.reconciler.Request;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A kind of object that the operator works with: a row of the table of {@link ResourceKinds}.
 *
 * @param group empty for Kubernetes' core
 * @param plural as in the API's paths
 * @param labelSelector of the objects that are watched; empty for all
 * @param concerns which keys to wake and to find it by, as the object itself tells
 * @param mentions which keys to wake, as their objects tell
 */
public record ResourceKind<T extends KubernetesObject>(
        Class<T> type,
        String group,
        String version,
        String plural,
        Use use,
        String labelSelector,
        List<Concern<T>> concerns,
        List<Mention<?>> mentions) {

    /** What is done with objects of a kind. */
    public enum Use {
        /** A controller's own kind: watched; an object has to have a spec, and its status is the controller's report. */
        RECONCILED,
        /** Watched and read from a cache. */
        WATCHED,
        /** That one has changed is watched. Nothing of it is read, and its content is held nowhere. */
        NOTICED,
        /** Made, changed or removed, and in no cache. */
        WRITTEN
    }

    /**
     * The object of a controller's kind that an object is about.
     *
     * @param key has to depend on nothing but its argument: objects are indexed by it
     */
    public record Concern<T extends KubernetesObject>(
            Class<? extends KubernetesObject> kind, Function<T, Optional<Request>> key) {}

    /**
     * The objects of a controller's kind that mention an object of their namespace by its name.
     *
     * @param name which one
     */
    public record Mention<P extends KubernetesObject>(Class<P> kind, Function<P, Optional<String>> name) {}

    private static final String JSON = "application/json";
    /** See https://kubernetes.io/docs/reference/using-api/api-concepts/#metadata-only-fetches */
    private static final String METADATA = JSON + ";g=meta.k8s.io;v=v1;as=PartialObjectMetadata";

    public ResourceKind {
        concerns = List.copyOf(concerns);
        mentions = List.copyOf(mentions);
    }

    /** One that a {@link Controller} is for. */
    public static <T extends KubernetesObject> ResourceKind<T> reconciled(
            Class<T> type, String group, String version, String plural) {
        return of(type, group, version, plural, Use.RECONCILED, "").concerning(type, object -> {
            V1ObjectMeta meta = object.getMetadata();
            return Optional.of(new Request(meta.getNamespace(), meta.getName()));
        });
    }

    public static <T extends KubernetesObject> ResourceKind<T> watched(
            Class<T> type, String group, String version, String plural, String labelSelector) {
        return of(type, group, version, plural, Use.WATCHED, labelSelector);
    }

    public static ResourceKind<PartialObjectMetadata> noticed(
            String group, String version, String plural, String labelSelector) {
        return of(PartialObjectMetadata.class, group, version, plural, Use.NOTICED, labelSelector);
    }

    public static <T extends KubernetesObject> ResourceKind<T> written(
            Class<T> type, String group, String version, String plural) {
        return of(type, group, version, plural, Use.WRITTEN, "");
    }

    private static <T extends KubernetesObject> ResourceKind<T> of(
            Class<T> type, String group, String version, String plural, Use use, String labelSelector) {
        return new ResourceKind<>(type, group, version, plural, use, labelSelector, List.of(), List.of());
    }

    /** The same, and its objects wake the controller of that kind, and are found by its keys. */
    public ResourceKind<T> concerning(Class<? extends KubernetesObject> kind, Function<T, Optional<Request>> key) {
        List<Concern<T>> more = Stream.concat(concerns.stream(), Stream.of(new Concern<>(kind, key)))
                .toList();
        return new ResourceKind<>(type, group, version, plural, use, labelSelector, more, mentions);
    }

    /** The same, and its objects concern the one of that kind in their namespace that their label names. */
    public ResourceKind<T> concerning(Class<? extends KubernetesObject> kind, String label) {
        return concerning(kind, object -> {
            V1ObjectMeta meta = object.getMetadata();
            return Optional.ofNullable(meta.getLabels())
                    .map(labels -> labels.get(label))
                    .map(name -> new Request(meta.getNamespace(), name));
        });
    }

    /** The same, and its objects wake those of that kind that mention them. */
    public <P extends KubernetesObject> ResourceKind<T> mentionedBy(Class<P> kind, Function<P, Optional<String>> name) {
        List<Mention<?>> more = Stream.concat(mentions.stream(), Stream.of(new Mention<>(kind, name)))
                .toList();
        return new ResourceKind<>(type, group, version, plural, use, labelSelector, concerns, more);
    }

    boolean cached() {
        return use != Use.WRITTEN;
    }

    /** Whether objects are found by their type: there is one type for all that is but noticed. */
    boolean held() {
        return use == Use.RECONCILED || use == Use.WATCHED;
    }

    String acceptList() {
        return use == Use.NOTICED ? METADATA + "List" : JSON;
    }

    String acceptWatch() {
        return use == Use.NOTICED ? METADATA : JSON;
    }

    /** @param namespace empty for all, or where the kind has none */
    String path(String namespace) {
        return (group.isEmpty() ? "/api/" : "/apis/" + group + "/")
                + version
                + (namespace.isEmpty() ? "" : "/namespaces/" + namespace)
                + "/"
                + plural;
    }
}
