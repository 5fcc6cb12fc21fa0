package homework.otus.mysql.kube;

import io.kubernetes.client.openapi.models.V1ObjectMeta;

/**
 * Resource versions as numbers: KEP-5504 lets clients compare those of one resource type, and every API server on etcd has
 * always made them from one counter.
 */
final class ResourceVersion {
    private ResourceVersion() {}

    /** 0 where there is none, or none that is a number. */
    static long of(V1ObjectMeta meta) {
        String version = meta.getResourceVersion();
        if (version == null) {
            return 0;
        }
        try {
            return Long.parseLong(version);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
