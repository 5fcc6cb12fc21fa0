package homework.otus.mysql.apply;

import io.kubernetes.client.common.KubernetesObject;
import org.jspecify.annotations.Nullable;

/**
 * The API server's answer to one write.
 *
 * @param object as it is stored now; null where it is gone, or there was a problem
 * @param problem null where the write was taken
 */
record Written(@Nullable KubernetesObject object, @Nullable Problem problem) {
    static Written taken(@Nullable KubernetesObject object) {
        return new Written(object, null);
    }

    static Written not(Problem problem) {
        return new Written(null, problem);
    }
}
