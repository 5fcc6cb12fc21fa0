package homework.otus.mysql.storage;

import homework.otus.mysql.api.AccessMode;
import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.child.Component;
import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.Names;
import homework.otus.mysql.child.StaticVolumes;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimSpec;
import io.kubernetes.client.openapi.models.V1VolumeResourceRequirements;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The two claims of a database. Neither has an owner: what they hold must outlive the MySQL object. */
public final class Claims {
    private Claims() {}

    /** Carries our finalizer from its creation, so that nobody's {@code kubectl delete pvc} takes the rows. */
    public static V1PersistentVolumeClaim data(MySQL mysql, StaticVolumes volumes) {
        V1PersistentVolumeClaim claim = claim(
                mysql,
                Names.dataClaim(mysql.getMetadata().getName()),
                Component.DATA,
                dataSize(mysql),
                mysql.getSpec().getAccessMode(),
                mysql.getSpec().getStorageClassName());
        claim.getMetadata().finalizers(List.of(Labels.FINALIZER));
        volumes.claim(claim, Names.dataVolume(mysql.getMetadata().getName()));
        return claim;
    }

    public static V1PersistentVolumeClaim backup(MySQL mysql, StaticVolumes volumes) {
        V1PersistentVolumeClaim claim = claim(
                mysql,
                Names.backupClaim(mysql.getMetadata().getName()),
                Component.BACKUP,
                backupSize(mysql),
                AccessMode.ReadWriteOnce,
                mysql.getSpec().getBackup().storageClassName());
        volumes.claim(claim, Names.backupVolume(mysql.getMetadata().getName()));
        return claim;
    }

    public static Quantity dataSize(MySQL mysql) {
        return new Quantity(mysql.getSpec().getStorageSize());
    }

    public static Quantity backupSize(MySQL mysql) {
        String size = mysql.getSpec().getBackup().storageSize();
        return size == null ? dataSize(mysql) : new Quantity(size);
    }

    private static V1PersistentVolumeClaim claim(
            MySQL mysql,
            String name,
            Component component,
            Quantity size,
            AccessMode accessMode,
            @Nullable String storageClass) {
        V1ObjectMeta owner = mysql.getMetadata();
        return new V1PersistentVolumeClaim()
                .apiVersion("v1")
                .kind("PersistentVolumeClaim")
                .metadata(new V1ObjectMeta()
                        .namespace(owner.getNamespace())
                        .name(name)
                        .labels(Labels.with(Labels.of(owner.getName(), component), Labels.MYSQL_UID, owner.getUid())))
                .spec(new V1PersistentVolumeClaimSpec()
                        .accessModes(List.of(accessMode.name()))
                        .storageClassName(storageClass)
                        .resources(new V1VolumeResourceRequirements().putRequestsItem("storage", size)));
    }
}
