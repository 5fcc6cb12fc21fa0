package homework.otus.mysql.observe;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.manifest.Component;
import homework.otus.mysql.manifest.Labels;
import homework.otus.mysql.manifest.Names;
import homework.otus.mysql.runtime.Caches;
import homework.otus.mysql.runtime.Namespaces;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1ReplicaSet;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Gathers what the caches know of one database, and at its end whether its namespace goes with it. */
@Singleton
public final class Observer {
    private final Caches caches;
    private final Namespaces namespaces;
    private final Clock clock;

    public Observer(Caches caches, Namespaces namespaces, Clock clock) {
        this.caches = caches;
        this.namespaces = namespaces;
        this.clock = clock;
    }

    public Observed observe(MySQL mysql) {
        String name = mysql.getMetadata().getName();
        String uid = mysql.getMetadata().getUid();
        Instant now = clock.instant();
        List<V1Pod> pods = ofMySQL(V1Pod.class, mysql);
        Optional<V1Secret> secret = child(V1Secret.class, mysql, Names.credentials(name));
        Optional<V1Service> service = child(V1Service.class, mysql, Names.server(name));
        Claim data = child(V1PersistentVolumeClaim.class, mysql, Names.dataClaim(name))
                .map(claim -> ClaimReader.read(claim, uid))
                .orElse(Claim.ABSENT);
        return new Observed(
                mysql,
                data,
                child(V1PersistentVolumeClaim.class, mysql, Names.backupClaim(name))
                        .map(claim -> ClaimReader.read(claim, uid))
                        .orElse(Claim.ABSENT),
                secret.filter(object -> ownedBy(object, uid)).orElse(null),
                service.filter(object -> ownedBy(object, uid)).orElse(null),
                secret.filter(object -> !ownedBy(object, uid)).isPresent()
                        || service.filter(object -> !ownedBy(object, uid)).isPresent(),
                ServerReader.read(
                        child(V1Deployment.class, mysql, Names.server(name)).orElse(null),
                        ofMySQL(V1ReplicaSet.class, mysql).size(),
                        withComponent(pods, Component.SERVER),
                        uid,
                        now),
                job(mysql, Names.backupJob(name), data, withComponent(pods, Component.BACKUP), now),
                job(mysql, Names.restoreJob(name), data, withComponent(pods, Component.RESTORE), now),
                // Asked only at a database's end: then it decides whether a backup can be taken at all.
                mysql.getMetadata().getDeletionTimestamp() != null
                        && namespaces.terminating(mysql.getMetadata().getNamespace()),
                now);
    }

    private JobRun job(MySQL mysql, String name, Claim data, List<V1Pod> pods, Instant now) {
        return child(V1Job.class, mysql, name)
                .map(job -> JobReader.read(job, pods, mysql.getMetadata().getUid(), data.uid(), now))
                .orElse(JobRun.ABSENT);
    }

    /** What carries our labels by accident or malice, but names another MySQL object, is as good as foreign. */
    private <T extends KubernetesObject> Optional<T> child(Class<T> type, MySQL mysql, String name) {
        return caches.get(type, mysql.getMetadata().getNamespace(), name)
                .filter(object ->
                        mysql.getMetadata().getName().equals(labels(object).get(Labels.MYSQL)));
    }

    private <T extends KubernetesObject> List<T> ofMySQL(Class<T> type, MySQL mysql) {
        return caches.ofMySQL(
                type, mysql.getMetadata().getNamespace(), mysql.getMetadata().getName());
    }

    private static List<V1Pod> withComponent(List<V1Pod> pods, Component component) {
        return pods.stream()
                .filter(pod -> component.label().equals(labels(pod).get(Labels.COMPONENT)))
                .toList();
    }

    static boolean ownedBy(KubernetesObject object, String uid) {
        return object.getMetadata().getOwnerReferences() != null
                && object.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner ->
                                Boolean.TRUE.equals(owner.getController()) && Objects.equals(uid, owner.getUid()));
    }

    static Map<String, String> labels(KubernetesObject object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }
}
