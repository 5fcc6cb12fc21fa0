package homework.otus.mysql.kube;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.extended.controller.reconciler.Request;
import java.util.List;
import java.util.Optional;

/** Reads the resource that a request is about from the cache. */
public final class OperatorResourceLister<T extends KubernetesObject> {
    private final Class<T> type;
    private final Caches caches;

    OperatorResourceLister(Class<T> type, Caches caches) {
        this.type = type;
        this.caches = caches;
    }

    /** Empty when the resource is gone or can't be read. The object is shared: it must not be changed. */
    public Optional<T> get(Request request) {
        return caches.get(type, request.getNamespace(), request.getName());
    }

    /** As {@link #get}; of one that can't be read, its metadata, and its status where that can be. */
    public Optional<T> outline(Request request) {
        return caches.outline(type, request.getNamespace(), request.getName());
    }

    /** What can't be read of the resource and of what concerns it, a line for each. */
    public List<String> unreadable(Request request) {
        return caches.unreadable(type, request);
    }
}
