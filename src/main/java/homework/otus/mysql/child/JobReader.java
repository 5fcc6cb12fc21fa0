package homework.otus.mysql.child;

import homework.otus.mysql.child.JobRun.State;
import homework.otus.mysql.program.JobResult;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1JobCondition;
import io.kubernetes.client.openapi.models.V1Pod;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a Job and the termination message of its Pod. */
public final class JobReader {
    /**
     * What a Job has to be of, to be this database's.
     *
     * @param backupClaimUid null for a Job that mounts no backup claim
     */
    public record Whose(
            String mysqlUid, String dataClaimUid, @Nullable String backupClaimUid) {}

    private JobReader() {}

    public static JobRun read(V1Job job, List<V1Pod> candidates, Whose whose, Instant now) {
        Map<String, String> labels = Ownership.labels(job);
        boolean ours = whose.mysqlUid().equals(labels.get(Labels.MYSQL_UID))
                && whose.dataClaimUid().equals(labels.get(Labels.DATA_CLAIM_UID))
                && (whose.backupClaimUid() == null
                        || whose.backupClaimUid().equals(labels.get(Labels.BACKUP_CLAIM_UID)))
                && job.getMetadata().getDeletionTimestamp() == null;
        List<V1Pod> pods = candidates.stream().filter(pod -> isOf(pod, job)).toList();
        List<V1Pod> told =
                Stream.concat(ProgramEnd.written(job).stream(), pods.stream()).toList();
        Map<String, String> messages = messages(told);
        Optional<V1JobCondition> end = end(job);
        return new JobRun(
                ours ? Presence.OURS : Presence.EARLIER,
                job,
                labels.getOrDefault(Labels.TASK, ""),
                state(job, pods),
                result(messages.get(ContainerNames.JOB)),
                messages,
                pods.stream()
                        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                        .toList(),
                (int) number(labels.get(Labels.ATTEMPT)),
                number(labels.get(Labels.GENERATION)),
                end.map(JobReader::time).orElse(null),
                suspended(job) ? new Trouble(Trouble.Kind.SUSPENDED, "", "") : PodReader.worst(told, now));
    }

    private static boolean suspended(V1Job job) {
        return job.getSpec() != null && Boolean.TRUE.equals(job.getSpec().getSuspend());
    }

    /** Something else in its Pod may have failed, which Kubernetes takes for a failure of the Job. */
    private static State state(V1Job job, List<V1Pod> pods) {
        State state = state(job);
        return state == State.FAILED && pods.stream().anyMatch(ProgramEnd::endedWell) ? State.COMPLETE : state;
    }

    public static Optional<HeldJob> held(V1Job job, List<V1Pod> candidates) {
        return ProgramEnd.held(
                job, candidates.stream().filter(pod -> isOf(pod, job)).toList());
    }

    public static State state(V1Job job) {
        return end(job).map(condition -> "Complete".equals(condition.getType()) ? State.COMPLETE : State.FAILED)
                .orElse(State.RUNNING);
    }

    private static boolean isOf(V1Pod pod, V1Job job) {
        return Ownership.owners(pod).stream()
                .anyMatch(owner ->
                        Objects.equals(owner.getUid(), job.getMetadata().getUid()));
    }

    private static Optional<V1JobCondition> end(V1Job job) {
        if (job.getStatus() == null || job.getStatus().getConditions() == null) {
            return Optional.empty();
        }
        return job.getStatus().getConditions().stream()
                .filter(condition -> "True".equals(condition.getStatus()))
                .filter(condition -> "Complete".equals(condition.getType()) || "Failed".equals(condition.getType()))
                .findFirst();
    }

    private static Instant time(V1JobCondition condition) {
        return condition.getLastTransitionTime() == null
                ? Instant.EPOCH
                : condition.getLastTransitionTime().toInstant();
    }

    private static Map<String, String> messages(List<V1Pod> pods) {
        Map<String, String> messages = new HashMap<>();
        for (V1Pod pod : pods) {
            messages.putAll(PodReader.terminationMessages(pod));
        }
        return messages;
    }

    private static @Nullable JobResult result(@Nullable String message) {
        try {
            return message == null ? null : JobResult.parse(message);
        } catch (IOException e) {
            return null;
        }
    }

    private static long number(@Nullable String label) {
        try {
            return label == null ? 0 : Long.parseLong(label);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
