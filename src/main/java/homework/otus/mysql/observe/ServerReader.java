package homework.otus.mysql.observe;

import homework.otus.mysql.manifest.ServerDeployment;
import homework.otus.mysql.observe.Server.Rollout;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentStatus;
import io.kubernetes.client.openapi.models.V1Pod;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a Deployment and its Pods. */
final class ServerReader {
    /** How the start script ends when it found archives and no data: see {@code initialise.sh}. */
    private static final int FOUND_ARCHIVES = 3;
    /** How it ends when there is no data on a volume from which a server has served. */
    private static final int DATA_MISSING = 5;

    private ServerReader() {}

    static Server read(
            @Nullable V1Deployment deployment, int replicaSets, List<V1Pod> pods, String mysqlUid, Instant now) {
        Trouble trouble = PodReader.worst(pods, now);
        boolean foundArchives = initialisationEndedWith(FOUND_ARCHIVES, pods);
        boolean dataMissing = initialisationEndedWith(DATA_MISSING, pods);
        if (deployment == null) {
            return new Server(
                    Presence.ABSENT,
                    null,
                    false,
                    false,
                    Rollout.RUNNING,
                    replicaSets,
                    pods.size(),
                    dataMissing,
                    foundArchives,
                    trouble);
        }
        return new Server(
                Observer.ownedBy(deployment, mysqlUid) ? Presence.OURS : Presence.EARLIER,
                deployment,
                deployment.getMetadata().getDeletionTimestamp() != null,
                ready(deployment),
                rollout(deployment),
                replicaSets,
                pods.size(),
                dataMissing,
                foundArchives,
                trouble);
    }

    private static boolean initialisationEndedWith(int exitCode, List<V1Pod> pods) {
        return pods.stream().anyMatch(pod -> PodReader.lastExitCode(pod, ServerDeployment.INIT_CONTAINER) == exitCode);
    }

    private static boolean ready(V1Deployment deployment) {
        V1DeploymentStatus status = deployment.getStatus();
        return status != null
                && isOfNewest(status, deployment)
                && atLeastOne(status.getUpdatedReplicas())
                && atLeastOne(status.getAvailableReplicas());
    }

    /** See https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status */
    private static Rollout rollout(V1Deployment deployment) {
        V1DeploymentStatus status = deployment.getStatus();
        if (status == null || status.getConditions() == null || !isOfNewest(status, deployment)) {
            return Rollout.RUNNING;
        }
        return status.getConditions().stream()
                .filter(condition -> "Progressing".equals(condition.getType()))
                .map(condition -> String.valueOf(condition.getReason()))
                .map(reason -> switch (reason) {
                    case "NewReplicaSetAvailable" -> Rollout.DONE;
                    case "ProgressDeadlineExceeded" -> Rollout.LATE;
                    default -> Rollout.RUNNING;
                })
                .findFirst()
                .orElse(Rollout.RUNNING);
    }

    private static boolean isOfNewest(V1DeploymentStatus status, V1Deployment deployment) {
        return Objects.equals(
                status.getObservedGeneration(), deployment.getMetadata().getGeneration());
    }

    private static boolean atLeastOne(@Nullable Integer count) {
        return count != null && count >= 1;
    }
}
