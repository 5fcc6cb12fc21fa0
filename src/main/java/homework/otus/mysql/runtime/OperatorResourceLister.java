package homework.otus.mysql.runtime;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.extended.controller.reconciler.Request;
import java.util.Optional;

/** Reads the resource that a request is about from the cache. */
public final class OperatorResourceLister<T extends KubernetesObject> {
    private final Class<T> type;
    private final Caches caches;

    OperatorResourceLister(Class<T> type, Caches caches) {
        this.type = type;
        this.caches = caches;
    }

    /** Empty when the resource is gone. The object is shared: it must not be changed. */
    public Optional<T> get(Request request) {
        return caches.get(type, request.getNamespace(), request.getName());
    }
}
