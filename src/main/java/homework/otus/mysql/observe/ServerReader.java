package homework.otus.mysql.observe;

import homework.otus.mysql.manifest.ServerDeployment;
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

    private ServerReader() {}

    static Server read(
            @Nullable V1Deployment deployment, int replicaSets, List<V1Pod> pods, String mysqlUid, Instant now) {
        Trouble trouble = PodReader.worst(pods, now);
        boolean foundArchives = pods.stream()
                .anyMatch(pod -> PodReader.lastExitCode(pod, ServerDeployment.INIT_CONTAINER) == FOUND_ARCHIVES);
        if (deployment == null) {
            return new Server(
                    Presence.ABSENT, null, false, false, false, replicaSets, pods.size(), foundArchives, trouble);
        }
        return new Server(
                Observer.ownedBy(deployment, mysqlUid) ? Presence.OURS : Presence.EARLIER,
                deployment,
                deployment.getMetadata().getDeletionTimestamp() != null,
                ready(deployment),
                late(deployment),
                replicaSets,
                pods.size(),
                foundArchives,
                trouble);
    }

    private static boolean ready(V1Deployment deployment) {
        V1DeploymentStatus status = deployment.getStatus();
        return status != null
                && Objects.equals(
                        status.getObservedGeneration(), deployment.getMetadata().getGeneration())
                && atLeastOne(status.getUpdatedReplicas())
                && atLeastOne(status.getAvailableReplicas());
    }

    private static boolean late(V1Deployment deployment) {
        return deployment.getStatus() != null
                && deployment.getStatus().getConditions() != null
                && deployment.getStatus().getConditions().stream()
                        .anyMatch(condition -> "Progressing".equals(condition.getType())
                                && "ProgressDeadlineExceeded".equals(condition.getReason()));
    }

    private static boolean atLeastOne(@Nullable Integer count) {
        return count != null && count >= 1;
    }
}
