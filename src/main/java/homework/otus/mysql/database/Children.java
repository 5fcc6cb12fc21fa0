package homework.otus.mysql.database;

import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.Ownership;
import homework.otus.mysql.child.StaticVolumes;
import homework.otus.mysql.kube.Belonging;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PersistentVolume;
import jakarta.inject.Singleton;

/** Knows a database's objects by their label, and those that have lost it by their owner. */
@Singleton
final class Children implements Belonging {
    @Override
    public Claimant of(KubernetesObject found, KubernetesObject owner) {
        V1ObjectMeta mysql = owner.getMetadata();
        boolean labelled = found instanceof V1PersistentVolume volume
                ? StaticVolumes.isOf(volume, mysql.getNamespace(), mysql.getName())
                : String.valueOf(mysql.getName()).equals(Ownership.labels(found).get(Labels.MYSQL));
        if (labelled) {
            return Claimant.OWNER;
        }
        return Ownership.ownedBy(found, String.valueOf(mysql.getUid())) ? Claimant.OWNER_UNLABELLED : Claimant.OTHER;
    }
}
