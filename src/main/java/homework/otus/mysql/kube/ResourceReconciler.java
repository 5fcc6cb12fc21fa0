package homework.otus.mysql.kube;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.extended.controller.reconciler.Request;

/**
 * Moves one resource towards what its spec asks for. Called by the leader only, never for one key on two threads at once,
 * and never on caches that are older than the key's own last write.
 */
public interface ResourceReconciler<T extends KubernetesObject> {

    /**
     * Must be idempotent: it is called for every event, after a restart, and every resync period.
     *
     * @param request the resource's namespace and name; it may be gone
     * @param lister reads the resource from the cache
     * @throws RuntimeException to be called again after a growing delay
     */
    Result reconcile(Request request, OperatorResourceLister<T> lister);
}
