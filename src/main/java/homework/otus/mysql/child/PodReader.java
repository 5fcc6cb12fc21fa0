package homework.otus.mysql.child;

import homework.otus.mysql.child.Trouble.Kind;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ContainerState;
import io.kubernetes.client.openapi.models.V1ContainerStateTerminated;
import io.kubernetes.client.openapi.models.V1ContainerStateWaiting;
import io.kubernetes.client.openapi.models.V1ContainerStatus;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodCondition;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodStatus;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import io.kubernetes.client.openapi.models.V1Volume;
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
public final class PodReader {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private PodReader() {}

    public static boolean mounts(V1Pod pod, String claim) {
        return pod.getSpec() != null
                && pod.getSpec().getVolumes() != null
                && pod.getSpec().getVolumes().stream()
                        .map(V1Volume::getPersistentVolumeClaim)
                        .anyMatch(source -> source != null && claim.equals(source.getClaimName()));
    }

    /** Its containers have ended for good. */
    public static boolean finished(V1Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return "Succeeded".equals(phase) || "Failed".equals(phase);
    }

    public static Trouble worst(List<V1Pod> pods, Instant now) {
        return pods.stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .flatMap(pod -> troubles(pod, now))
                .max(Comparator.comparing(Trouble::kind))
                .orElse(Trouble.NONE);
    }

    /** The exit code of a container's last end, or -1 where it never ended. */
    public static int lastExitCode(V1Pod pod, String container) {
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

    /** Empty where the Pod is to go, has no address yet, or the container doesn't run. */
    public static Optional<RunningServer> running(V1Pod pod, String container) {
        V1PodStatus of = pod.getStatus();
        if (of == null || of.getPodIP() == null || pod.getMetadata().getDeletionTimestamp() != null) {
            return Optional.empty();
        }
        String address = of.getPodIP();
        return statuses(pod)
                .filter(status -> container.equals(status.getName())
                        && status.getState() != null
                        && status.getState().getRunning() != null
                        && status.getState().getRunning().getStartedAt() != null)
                .findFirst()
                .map(status -> new RunningServer(
                        address,
                        Boolean.TRUE.equals(status.getStarted()),
                        status.getState().getRunning().getStartedAt().toInstant()));
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
        Stream<Trouble> unschedulable = status == null || status.getConditions() == null
                ? Stream.empty()
                : status.getConditions().stream()
                        .filter(condition -> "PodScheduled".equals(condition.getType())
                                && "False".equals(condition.getStatus())
                                && lasts(condition, now))
                        .map(condition -> new Trouble(Kind.UNSCHEDULABLE, "", words(condition.getMessage())));
        return Stream.concat(unschedulable, statuses(pod).map(container -> trouble(pod, container)));
    }

    private static Trouble trouble(V1Pod pod, V1ContainerStatus status) {
        String name = status.getName();
        boolean ours = ContainerNames.OURS.contains(name);
        V1ContainerStateWaiting none = new V1ContainerStateWaiting().reason("");
        V1ContainerStateWaiting waiting = status.getState() == null
                ? none
                : Objects.requireNonNullElse(status.getState().getWaiting(), none);
        switch (String.valueOf(waiting.getReason())) {
            case "ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "ImageInspectError" -> {
                return new Trouble(Kind.IMAGE, name, image(pod, status));
            }
            case "CreateContainerConfigError", "CreateContainerError", "RunContainerError" -> {
                return new Trouble(Kind.CONTAINER_CONFIG, name, words(waiting.getMessage()));
            }
            default -> {
                // Between two restarts a crash loop shows as running: the restarts tell it all the same. In a Job's Pod
                // nothing is restarted, and its program goes on without what was added.
                return Boolean.TRUE.equals(status.getReady()) || !ours && status.getRestartCount() == 0
                        ? Trouble.NONE
                        : Stream.of(status.getState(), status.getLastState())
                                .filter(Objects::nonNull)
                                .map(V1ContainerState::getTerminated)
                                .filter(Objects::nonNull)
                                .filter(end -> end.getExitCode() != 0)
                                .findFirst()
                                .map(end -> ended(pod, name, end))
                                .orElse(Trouble.NONE);
            }
        }
    }

    private static Trouble ended(V1Pod pod, String container, V1ContainerStateTerminated end) {
        String said = words(end.getMessage());
        if (!ContainerNames.OURS.contains(container)) {
            return new Trouble(Kind.ADDED_CONTAINER, container, how(end));
        }
        if ("OOMKilled".equals(end.getReason())) {
            return new Trouble(Kind.OUT_OF_MEMORY, container, memoryLimit(pod, container));
        }
        boolean initialises = ContainerNames.INITIALISE.equals(container);
        if (initialises && end.getExitCode() == StartRefusal.CONFIG_REFUSED.exitCode() && !said.isEmpty()) {
            return new Trouble(Kind.CONFIG, container, said);
        }
        return new Trouble(
                initialises ? Kind.INITIALISATION : Kind.CRASHING,
                container,
                how(end) + (said.isEmpty() ? "" : ": " + said));
    }

    private static String how(V1ContainerStateTerminated end) {
        int code = end.getExitCode();
        // As a shell has it: a program that a signal ended.
        return code > 128 && code < 160 ? "signal " + (code - 128) : "exit code " + code;
    }

    /** Of the log's last lines, which a failed container of ours may have for its message, what mysqld calls an error. */
    private static String words(@Nullable String message) {
        if (message == null) {
            return "";
        }
        List<String> errors =
                message.lines().filter(line -> line.contains("[ERROR]")).toList();
        String said = String.join(
                "\n",
                // An error of the init file may quote a statement, and so a password.
                errors.stream().filter(line -> !line.contains("[MY-000061]")).toList());
        return (errors.isEmpty() ? message : said).strip();
    }

    private static String image(V1Pod pod, V1ContainerStatus status) {
        return containers(pod)
                .filter(container -> status.getName().equals(container.getName()))
                .map(V1Container::getImage)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> String.valueOf(status.getImage()));
    }

    /** Empty where there is none. */
    private static String memoryLimit(V1Pod pod, String name) {
        return containers(pod)
                .filter(container -> name.equals(container.getName()))
                .map(V1Container::getResources)
                .filter(Objects::nonNull)
                .map(V1ResourceRequirements::getLimits)
                .filter(Objects::nonNull)
                .map(limits -> limits.get("memory"))
                .filter(Objects::nonNull)
                .map(Quantity::toSuffixedString)
                .findFirst()
                .orElse("");
    }

    private static Stream<V1Container> containers(V1Pod pod) {
        V1PodSpec spec = pod.getSpec();
        return spec == null
                ? Stream.empty()
                : Stream.of(spec.getInitContainers(), spec.getContainers()).flatMap(PodReader::orEmpty);
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
