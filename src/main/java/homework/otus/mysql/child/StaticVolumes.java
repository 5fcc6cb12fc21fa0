package homework.otus.mysql.child;

import homework.otus.mysql.api.MySQL;
import io.kubernetes.client.openapi.models.V1HostPathVolumeSource;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1ObjectReference;
import io.kubernetes.client.openapi.models.V1PersistentVolume;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimSpec;
import io.kubernetes.client.openapi.models.V1PersistentVolumeSpec;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * PersistentVolumes of the operator's own making, for a cluster in which nobody provides volumes.
 *
 * <p>Each of them is a folder of its own below the path, so that a Pod that mounts a database's claim sees this database
 * and no other, whatever else the Pod's author writes into it. A {@code VolumeJob} makes the folder: one that the kubelet
 * makes for a hostPath is root's with mode 0755, and fsGroup is not applied to it. See ADR 15.
 *
 * @param path of a folder on the node; empty where no volumes are made
 * @param operatorNamespace where the Jobs run that see the whole of it
 */
public record StaticVolumes(String path, String operatorNamespace) {
    public static final StaticVolumes NONE = new StaticVolumes("", "");

    /** @throws IllegalArgumentException where it is not an absolute path */
    public StaticVolumes {
        if (!path.isEmpty() && !path.startsWith("/")) {
            throw new IllegalArgumentException("the path of static volumes has to begin with a slash: " + path);
        }
    }

    public boolean enabled() {
        return !path.isEmpty();
    }

    /** Makes the claim one for a volume of ours, unless the user has named a storage class. */
    public void claim(V1PersistentVolumeClaim claim, String volume) {
        V1PersistentVolumeClaimSpec spec = Objects.requireNonNull(claim.getSpec());
        if (enabled() && spec.getStorageClassName() == null) {
            spec.storageClassName("").volumeName(volume);
        }
    }

    /** Whether the claim is for a volume of ours. */
    public boolean serve(V1PersistentVolumeClaim claim, String mysql) {
        V1PersistentVolumeClaimSpec spec = claim.getSpec();
        return enabled()
                && spec != null
                && "".equals(spec.getStorageClassName())
                && (Names.dataVolume(mysql).equals(spec.getVolumeName())
                        || Names.backupVolume(mysql).equals(spec.getVolumeName()));
    }

    /** Of the database's data, below the path. A folder for each life: what an earlier one left is not this one's. */
    public static String dataFolder(V1ObjectMeta mysql) {
        return folder(mysql) + "/" + mysql.getUid();
    }

    public static String backupFolder(V1ObjectMeta mysql) {
        return folder(mysql) + "/backups";
    }

    private static String folder(V1ObjectMeta mysql) {
        return mysql.getNamespace() + "/" + mysql.getName();
    }

    /**
     * The folder of the volume that is the claim's, empty for the whole of it. Only claims of the operator's release 0.1.0
     * have one: their volumes are the whole path.
     */
    static String folder(V1PersistentVolumeClaim claim) {
        return Ownership.annotations(claim).getOrDefault(Labels.FOLDER, "");
    }

    /** For this claim alone. Its end leaves the folder where it is: nobody but its owner deletes files of a node. */
    public V1PersistentVolume volume(V1PersistentVolumeClaim claim, MySQL mysql) {
        V1ObjectMeta metadata = claim.getMetadata();
        V1PersistentVolumeClaimSpec spec = Objects.requireNonNull(claim.getSpec());
        V1ObjectMeta owner = mysql.getMetadata();
        String folder = Names.dataVolume(owner.getName()).equals(spec.getVolumeName())
                ? dataFolder(owner)
                : backupFolder(owner);
        return new V1PersistentVolume()
                .apiVersion("v1")
                .kind("PersistentVolume")
                .metadata(new V1ObjectMeta().name(spec.getVolumeName()).labels(metadata.getLabels()))
                .spec(new V1PersistentVolumeSpec()
                        .accessModes(spec.getAccessModes())
                        .capacity(
                                spec.getResources() == null
                                        ? null
                                        : spec.getResources().getRequests())
                        .claimRef(new V1ObjectReference()
                                .apiVersion("v1")
                                .kind("PersistentVolumeClaim")
                                .namespace(metadata.getNamespace())
                                .name(metadata.getName()))
                        .persistentVolumeReclaimPolicy("Retain")
                        .storageClassName("")
                        // Not DirectoryOrCreate: what the kubelet makes could not be written to.
                        .hostPath(new V1HostPathVolumeSource()
                                .path(path + "/" + folder)
                                .type("Directory")));
    }

    /** Whether a volume of ours is for this namespace's database of this name. */
    public static boolean isOf(V1PersistentVolume volume, @Nullable String namespace, @Nullable String mysql) {
        Map<String, String> labels = volume.getMetadata().getLabels();
        V1ObjectReference claim =
                volume.getSpec() == null ? null : volume.getSpec().getClaimRef();
        return labels != null
                && Objects.equals(mysql, labels.get(Labels.MYSQL))
                && claim != null
                && Objects.equals(namespace, claim.getNamespace());
    }
}
