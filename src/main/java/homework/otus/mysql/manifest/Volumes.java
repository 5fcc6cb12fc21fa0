package homework.otus.mysql.manifest;

import io.kubernetes.client.openapi.models.V1EmptyDirVolumeSource;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimVolumeSource;
import io.kubernetes.client.openapi.models.V1Volume;

/** The volumes that Pods of ours mount. */
final class Volumes {
    private Volumes() {}

    static V1Volume claim(String name, String claim) {
        return new V1Volume()
                .name(name)
                .persistentVolumeClaim(new V1PersistentVolumeClaimVolumeSource().claimName(claim));
    }

    static V1Volume scratch(String name) {
        return new V1Volume().name(name).emptyDir(new V1EmptyDirVolumeSource());
    }
}
