package homework.otus.mysql.child;

import io.kubernetes.client.openapi.models.V1EmptyDirVolumeSource;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimVolumeSource;
import io.kubernetes.client.openapi.models.V1Volume;

/** The volumes that Pods of ours mount. */
public final class Volumes {
    private Volumes() {}

    public static V1Volume claim(String name, String claim) {
        return new V1Volume()
                .name(name)
                .persistentVolumeClaim(new V1PersistentVolumeClaimVolumeSource().claimName(claim));
    }

    public static V1Volume scratch(String name) {
        return new V1Volume().name(name).emptyDir(new V1EmptyDirVolumeSource());
    }
}
