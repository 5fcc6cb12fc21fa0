package homework.otus.mysql.kube;

import static java.util.Objects.requireNonNullElse;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.extended.controller.reconciler.Request;
import io.kubernetes.client.openapi.models.V1ObjectMeta;

/**
 * One object of the cluster, whatever its version. Objects of two kinds may have one name.
 *
 * @param namespace empty where the kind has none
 */
record Key(Class<? extends KubernetesObject> type, String namespace, String name) {
    static Key of(KubernetesObject object) {
        V1ObjectMeta meta = object.getMetadata();
        return new Key(
                object.getClass(), requireNonNullElse(meta.getNamespace(), ""), requireNonNullElse(meta.getName(), ""));
    }

    static Key of(Class<? extends KubernetesObject> type, Request request) {
        return new Key(type, request.getNamespace(), request.getName());
    }

    /** As {@code Secret db-credentials}. */
    @Override
    public String toString() {
        return type.getSimpleName().replaceFirst("^V1", "") + " " + name;
    }
}
