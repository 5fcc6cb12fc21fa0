package homework.otus.mysql.child;

import com.google.gson.JsonParseException;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ContainerState;
import io.kubernetes.client.openapi.models.V1ContainerStateTerminated;
import io.kubernetes.client.openapi.models.V1ContainerStatus;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1JobCondition;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a Job's program ended, whatever else runs in its Pod. Where something else has to be ended for it, the end of the
 * program is written into a condition of the Job's status first, for the Pod goes. Nobody but Kubernetes' controllers and
 * the operator may write there: the roles that users have don't hold {@code jobs/status}.
 */
final class ProgramEnd {
    private ProgramEnd() {}

    /** @param pods the Job's own */
    static Optional<HeldJob> held(V1Job job, List<V1Pod> pods) {
        if (JobReader.state(job) != JobRun.State.RUNNING
                || job.getMetadata().getDeletionTimestamp() != null
                || condition(job).isPresent()) {
            return Optional.empty();
        }
        return pods.stream()
                .filter(pod -> ended(pod) && keptByAnother(pod))
                .findFirst()
                .map(pod -> new HeldJob(job, endedWell(pod), write(pod)));
    }

    /** A container that isn't ours has not ended: a Pod whose containers all have is finished a moment later. */
    private static boolean keptByAnother(V1Pod pod) {
        return pod.getSpec() != null
                && pod.getSpec().getContainers().stream()
                        .map(V1Container::getName)
                        .filter(name -> !ContainerNames.OF_JOBS.contains(name))
                        .anyMatch(name -> statuses(pod)
                                .noneMatch(status -> name.equals(status.getName()) && end(status) != null));
    }

    /** All programs of the Pod have ended with exit code 0. */
    static boolean endedWell(V1Pod pod) {
        return ended(pod) && programs(pod).map(ProgramEnd::end).allMatch(end -> end != null && end.getExitCode() == 0);
    }

    /** What was written of a Job's Pod, in the form of a Pod. */
    static Optional<V1Pod> written(V1Job job) {
        return condition(job)
                .map(V1JobCondition::getMessage)
                .map(ProgramEnd::parse)
                .map(status -> new V1Pod()
                        .metadata(new V1ObjectMeta())
                        .spec(
                                job.getSpec() == null
                                        ? null
                                        : job.getSpec().getTemplate().getSpec())
                        .status(status));
    }

    private static Optional<V1JobCondition> condition(V1Job job) {
        return job.getStatus() == null || job.getStatus().getConditions() == null
                ? Optional.empty()
                : job.getStatus().getConditions().stream()
                        .filter(condition -> JobTemplate.PROGRAM_ENDED.equals(condition.getType()))
                        .findFirst();
    }

    private static boolean ended(V1Pod pod) {
        long expected = pod.getSpec() == null
                ? 0
                : pod.getSpec().getContainers().stream()
                        .map(V1Container::getName)
                        .filter(ContainerNames.OF_JOBS::contains)
                        .count();
        return expected > 0
                && programs(pod).map(ProgramEnd::end).filter(Objects::nonNull).count() == expected;
    }

    private static Stream<V1ContainerStatus> programs(V1Pod pod) {
        return statuses(pod).filter(status -> ContainerNames.OF_JOBS.contains(status.getName()));
    }

    private static Stream<V1ContainerStatus> statuses(V1Pod pod) {
        return pod.getStatus() == null || pod.getStatus().getContainerStatuses() == null
                ? Stream.empty()
                : pod.getStatus().getContainerStatuses().stream();
    }

    private static @Nullable V1ContainerStateTerminated end(V1ContainerStatus status) {
        return status.getState() == null ? null : status.getState().getTerminated();
    }

    private static String write(V1Pod pod) {
        return JSON.getGson()
                .toJson(new V1PodStatus()
                        .containerStatuses(programs(pod)
                                .map(status -> new V1ContainerStatus()
                                        .name(status.getName())
                                        .image(status.getImage())
                                        .imageID(status.getImageID())
                                        .ready(false)
                                        .restartCount(0)
                                        .state(new V1ContainerState().terminated(end(status))))
                                .toList()));
    }

    private static @Nullable V1PodStatus parse(String json) {
        try {
            return JSON.getGson().fromJson(json, V1PodStatus.class);
        } catch (JsonParseException | IllegalArgumentException e) {
            return null;
        }
    }
}
