package homework.otus.mysql.observe;

import homework.otus.mysql.child.ContainerNames;
import homework.otus.mysql.child.Ownership;
import homework.otus.mysql.child.PodReader;
import homework.otus.mysql.child.Presence;
import homework.otus.mysql.child.StartRefusal;
import homework.otus.mysql.child.Trouble;
import homework.otus.mysql.observe.Server.Rollout;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentCondition;
import io.kubernetes.client.openapi.models.V1DeploymentStatus;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1ReplicaSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a Deployment and its Pods. */
public final class ServerReader {
    private ServerReader() {}

    public static Server read(
            @Nullable V1Deployment deployment,
            List<V1ReplicaSet> replicaSets,
            List<V1Pod> pods,
            String mysqlUid,
            Instant now) {
        List<V1ReplicaSet> orphanSets =
                replicaSets.stream().filter(ServerReader::isOrphan).toList();
        List<V1Pod> orphanPods = pods.stream().filter(ServerReader::isOrphan).toList();
        long kept = pods.stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> orphanSets.stream().anyMatch(set -> Ownership.ownedBy(pod, uid(set))))
                .count();
        boolean going = replicaSets.size() > orphanSets.size() || pods.size() > orphanPods.size() + kept;
        List<KubernetesObject> orphans = Stream.<KubernetesObject>concat(orphanSets.stream(), orphanPods.stream())
                .toList();
        Trouble trouble = PodReader.worst(pods, now);
        boolean foundArchives = StartRefusal.FOUND_ARCHIVES.ended(pods);
        boolean dataMissing = StartRefusal.DATA_MISSING.ended(pods);
        if (deployment == null) {
            return new Server(
                    Presence.ABSENT,
                    null,
                    false,
                    false,
                    Rollout.RUNNING,
                    replicaSets.size(),
                    pods.size(),
                    going,
                    orphans,
                    dataMissing,
                    foundArchives,
                    trouble,
                    null);
        }
        return new Server(
                Ownership.belongsTo(deployment, mysqlUid) ? Presence.OURS : Presence.EARLIER,
                deployment,
                deployment.getMetadata().getDeletionTimestamp() != null,
                ready(deployment),
                rollout(deployment, replicaSets, pods),
                replicaSets.size(),
                pods.size(),
                going,
                orphans,
                dataMissing,
                foundArchives,
                pods.isEmpty() ? refusal(deployment).orElse(trouble) : trouble,
                pods.stream()
                        .filter(pod -> isOf(pod, deployment, replicaSets))
                        .flatMap(pod -> PodReader.running(pod, ContainerNames.SERVER).stream())
                        .findFirst()
                        .orElse(null));
    }

    private static boolean isOf(V1Pod pod, V1Deployment deployment, List<V1ReplicaSet> replicaSets) {
        return replicaSets.stream()
                .filter(set -> Ownership.ownedBy(
                        set, String.valueOf(deployment.getMetadata().getUid())))
                .anyMatch(set ->
                        Ownership.ownedBy(pod, String.valueOf(set.getMetadata().getUid())));
    }

    private static Optional<Trouble> refusal(V1Deployment deployment) {
        V1DeploymentStatus status = deployment.getStatus();
        return status == null || status.getConditions() == null
                ? Optional.empty()
                : status.getConditions().stream()
                        .filter(condition ->
                                "ReplicaFailure".equals(condition.getType()) && "True".equals(condition.getStatus()))
                        .map(condition -> new Trouble(Trouble.Kind.REFUSED, "", String.valueOf(condition.getMessage())))
                        .findFirst();
    }

    private static boolean isOrphan(KubernetesObject object) {
        return object.getMetadata().getDeletionTimestamp() == null && !Ownership.isControlled(object);
    }

    private static String uid(KubernetesObject object) {
        return String.valueOf(object.getMetadata().getUid());
    }

    private static boolean ready(V1Deployment deployment) {
        V1DeploymentStatus status = deployment.getStatus();
        return status != null
                && isOfNewest(status, deployment)
                && atLeastOne(status.getUpdatedReplicas())
                && atLeastOne(status.getAvailableReplicas());
    }

    /** As the Deployment's controller compares them. */
    private static boolean isOf(V1ReplicaSet replicaSet, V1Deployment deployment) {
        V1PodTemplateSpec template =
                replicaSet.getSpec() == null ? null : replicaSet.getSpec().getTemplate();
        V1PodTemplateSpec wanted =
                deployment.getSpec() == null ? null : deployment.getSpec().getTemplate();
        return template != null
                && wanted != null
                && Objects.equals(template.getSpec(), wanted.getSpec())
                && Objects.equals(
                        Ownership.annotations(template.getMetadata()), Ownership.annotations(wanted.getMetadata()));
    }

    /**
     * It runs while the newest template has no ReplicaSet yet, or one of another template still has a Pod. The conditions
     * may be those of the template before: see <a
     * href="https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status">Deployment status</a>.
     */
    private static Rollout rollout(V1Deployment deployment, List<V1ReplicaSet> replicaSets, List<V1Pod> pods) {
        V1ReplicaSet newest = replicaSets.stream()
                .filter(replicaSet -> isOf(replicaSet, deployment))
                .findFirst()
                .orElse(null);
        V1DeploymentStatus status = deployment.getStatus();
        if (newest == null
                || !pods.stream().allMatch(pod -> Ownership.ownedBy(pod, uid(newest)))
                || status == null
                || status.getConditions() == null
                || !isOfNewest(status, deployment)) {
            return Rollout.RUNNING;
        }
        return status.getConditions().stream()
                .filter(condition -> "Progressing".equals(condition.getType()) && !isOlder(condition, newest))
                .map(condition -> String.valueOf(condition.getReason()))
                .map(reason -> switch (reason) {
                    case "NewReplicaSetAvailable" -> Rollout.DONE;
                    case "ProgressDeadlineExceeded" -> Rollout.LATE;
                    default -> Rollout.RUNNING;
                })
                .findFirst()
                .orElse(Rollout.RUNNING);
    }

    private static boolean isOlder(V1DeploymentCondition condition, V1ReplicaSet replicaSet) {
        OffsetDateTime updated = condition.getLastUpdateTime();
        OffsetDateTime created = replicaSet.getMetadata().getCreationTimestamp();
        return updated != null && created != null && updated.isBefore(created);
    }

    private static boolean isOfNewest(V1DeploymentStatus status, V1Deployment deployment) {
        return Objects.equals(
                status.getObservedGeneration(), deployment.getMetadata().getGeneration());
    }

    private static boolean atLeastOne(@Nullable Integer count) {
        return count != null && count >= 1;
    }
}
