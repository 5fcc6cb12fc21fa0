package homework.otus.mysql.child;

import homework.otus.mysql.program.JobOutcome;
import homework.otus.mysql.program.JobResult;
import homework.otus.mysql.step.Retry;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Job and what its Pod told.
 *
 * @param presence ours only where its labels name this MySQL object, this data claim and, where it mounts one, this
 *     backup claim
 * @param object null where absent
 * @param task what it does, by its label
 * @param result from the termination message; null while running, and where the Pod was gone before it was read
 * @param messages the containers' termination messages, by their names
 * @param pods that are left of it, and nobody has deleted yet
 * @param attempt from 1
 * @param generation of the spec that it was made for
 * @param endedAt null while running
 */
public record JobRun(
        Presence presence,
        @Nullable V1Job object,
        String task,
        State state,
        @Nullable JobResult result,
        Map<String, String> messages,
        List<V1Pod> pods,
        int attempt,
        long generation,
        @Nullable Instant endedAt,
        Trouble trouble) {

    private static final Duration POD_CHECK = Duration.ofSeconds(15);

    public static final JobRun ABSENT =
            new JobRun(Presence.ABSENT, null, "", State.RUNNING, null, Map.of(), List.of(), 0, 0, null, Trouble.NONE);

    /** How far a Job is. */
    public enum State {
        RUNNING,
        COMPLETE,
        FAILED
    }

    /** It has failed, or ended without an answer. */
    public boolean failed() {
        return is(State.FAILED) || lost();
    }

    /** When to look again at one without a Pod: that its Pod is refused, no event tells that we watch. */
    public @Nullable Duration awaitingPod() {
        return withoutPod() ? POD_CHECK : null;
    }

    /** It is there to run, and has no Pod yet. */
    public boolean withoutPod() {
        return is(State.RUNNING) && pods.isEmpty() && messages.isEmpty();
    }

    /** Its Pod can't begin, by what the spec asks for: what it runs, where, and with how much. */
    public boolean cannotBegin() {
        return is(State.RUNNING)
                && (trouble.is(Trouble.Kind.SUSPENDED)
                        || trouble.is(Trouble.Kind.REFUSED)
                        || trouble.is(Trouble.Kind.UNSCHEDULABLE)
                        || trouble.is(Trouble.Kind.IMAGE)
                        || trouble.is(Trouble.Kind.CONTAINER_CONFIG));
    }

    public JobRun with(Trouble other) {
        return new JobRun(presence, object, task, state, result, messages, pods, attempt, generation, endedAt, other);
    }

    /** It is there and has not ended, of whatever life it is. */
    public boolean running() {
        return object != null && state == State.RUNNING;
    }

    /**
     * How long to wait until it is tried again; null: it is due. A changed spec may be the cure, and makes it due at once.
     *
     * @param wanted the spec's generation
     */
    public @Nullable Duration retryAfter(Instant now, long wanted) {
        return generation == wanted ? Retry.until(attempt, endedAt, now) : null;
    }

    public boolean ours() {
        return presence == Presence.OURS;
    }

    /** Its program has ended well, which the Job's own status tells a second or two later. */
    public boolean answered() {
        return ours() && result != null && result.outcome() != JobOutcome.Failed;
    }

    /** It has ended, and nobody knows how: its Pod was gone before it was read, or wrote what can't be read. */
    public boolean lost() {
        return is(State.COMPLETE) && result == null;
    }

    /** This Job where it does the task, else one that is ignored. */
    public JobRun doing(String wanted) {
        return task.equals(wanted) || presence != Presence.OURS
                ? this
                : new JobRun(
                        Presence.EARLIER,
                        object,
                        task,
                        state,
                        result,
                        messages,
                        pods,
                        attempt,
                        generation,
                        endedAt,
                        trouble);
    }

    public boolean is(State wanted) {
        return ours() && state == wanted;
    }
}
