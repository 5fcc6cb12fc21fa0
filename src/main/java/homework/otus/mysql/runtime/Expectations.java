package homework.otus.mysql.runtime;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.extended.controller.reconciler.Request;
import jakarta.inject.Singleton;

/**
 * What the caches must show before a key is planned again: its own last writes. Whoever writes says so here, with what the
 * API server answered.
 */
@Singleton
public final class Expectations {

    /** @param result what the API server answered to a create, an apply or an update, with its resourceVersion */
    public void wrote(Request key, KubernetesObject result) {}

    /** @param object what was asked to be deleted, with its uid; met when it is gone, replaced, or being deleted */
    public void deleted(Request key, KubernetesObject object) {}
}
