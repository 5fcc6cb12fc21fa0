package homework.otus.mysql.kube;

import io.kubernetes.client.common.KubernetesObject;
import org.jspecify.annotations.Nullable;

/**
 * The API server's answer to one write.
 *
 * @param object as it is stored now; null where it is gone, or there was a problem
 * @param problem null where the write was taken
 */
record WriteAnswer(
        @Nullable KubernetesObject object, @Nullable Problem problem) {
    static WriteAnswer taken(@Nullable KubernetesObject object) {
        return new WriteAnswer(object, null);
    }

    static WriteAnswer not(Problem problem) {
        return new WriteAnswer(null, problem);
    }
}
