package homework.otus.mysql.observe;

import homework.otus.mysql.manifest.ServerDeployment;
import io.kubernetes.client.openapi.models.V1ContainerState;
import io.kubernetes.client.openapi.models.V1ContainerStateTerminated;
import io.kubernetes.client.openapi.models.V1ContainerStatus;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodCondition;
import io.kubernetes.client.openapi.models.V1PodStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a Pod's status tells of its containers. */
final class PodReader {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private PodReader() {}

    static Trouble worst(List<V1Pod> pods, Instant now) {
        return pods.stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .flatMap(pod -> troubles(pod, now))
                .max(Comparator.naturalOrder())
                .orElse(Trouble.NONE);
    }

    /** The exit code of a container's last end, or -1 where it never ended. */
    static int lastExitCode(V1Pod pod, String container) {
        return terminated(pod, container)
                .map(V1ContainerStateTerminated::getExitCode)
                .orElse(-1);
    }

    /** The last end of a container, be it the present state or the one before a restart. */
    static Optional<V1ContainerStateTerminated> terminated(V1Pod pod, String container) {
        return statuses(pod)
                .filter(status -> container.equals(status.getName()))
                .flatMap(status -> Stream.of(status.getState(), status.getLastState()))
                .filter(Objects::nonNull)
                .map(V1ContainerState::getTerminated)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** By the containers' names. */
    static Map<String, String> terminationMessages(V1Pod pod) {
        Map<String, String> messages = new HashMap<>();
        statuses(pod)
                .forEach(status -> terminated(pod, status.getName())
                        .map(V1ContainerStateTerminated::getMessage)
                        .ifPresent(message -> messages.put(status.getName(), message)));
        return messages;
    }

    private static Stream<Trouble> troubles(V1Pod pod, Instant now) {
        V1PodStatus status = pod.getStatus();
        boolean unschedulable = status != null
                && status.getConditions() != null
                && status.getConditions().stream()
                        .anyMatch(condition -> "PodScheduled".equals(condition.getType())
                                && "False".equals(condition.getStatus())
                                && lasts(condition, now));
        return Stream.concat(
                unschedulable ? Stream.of(Trouble.UNSCHEDULABLE) : Stream.empty(),
                statuses(pod).map(PodReader::trouble));
    }

    private static Trouble trouble(V1ContainerStatus status) {
        String waiting = status.getState() == null || status.getState().getWaiting() == null
                ? ""
                : String.valueOf(status.getState().getWaiting().getReason());
        switch (waiting) {
            case "ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "ImageInspectError" -> {
                return Trouble.IMAGE;
            }
            case "CreateContainerConfigError", "CreateContainerError", "RunContainerError" -> {
                return Trouble.CONTAINER_CONFIG;
            }
            default -> {
                // Between two restarts a crash loop shows as running: the restarts tell it all the same.
                boolean failedBefore = Stream.of(status.getState(), status.getLastState())
                        .filter(Objects::nonNull)
                        .map(V1ContainerState::getTerminated)
                        .filter(Objects::nonNull)
                        .anyMatch(end -> end.getExitCode() != 0);
                if (!failedBefore || Boolean.TRUE.equals(status.getReady())) {
                    return Trouble.NONE;
                }
                return ServerDeployment.INIT_CONTAINER.equals(status.getName())
                        ? Trouble.INITIALISATION
                        : Trouble.CRASHING;
            }
        }
    }

    /** A Pod whose claims are being bound is unschedulable for a moment: no trouble yet. */
    private static boolean lasts(V1PodCondition condition, Instant now) {
        return condition.getLastTransitionTime() != null
                && condition.getLastTransitionTime().toInstant().plus(PATIENCE).isBefore(now);
    }

    private static Stream<V1ContainerStatus> statuses(V1Pod pod) {
        V1PodStatus status = pod.getStatus();
        if (status == null) {
            return Stream.empty();
        }
        return Stream.of(status.getInitContainerStatuses(), status.getContainerStatuses())
                .flatMap(PodReader::orEmpty);
    }

    private static <T> Stream<T> orEmpty(@Nullable Collection<T> values) {
        return values == null ? Stream.empty() : values.stream();
    }
}
