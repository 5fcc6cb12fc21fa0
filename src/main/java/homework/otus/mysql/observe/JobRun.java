package homework.otus.mysql.observe;

import homework.otus.mysql.job.JobResult;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1Pod;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Job and what its Pod told.
 *
 * @param presence ours only where its labels name this MySQL object and this data claim
 * @param object null where absent
 * @param result from the termination message; null while running, and where the Pod was gone before it was read
 * @param pods that are left of it, and nobody has deleted yet
 * @param attempt from 1
 * @param generation of the spec that it was made for
 * @param endedAt null while running
 */
public record JobRun(
        Presence presence,
        @Nullable V1Job object,
        State state,
        @Nullable JobResult result,
        List<V1Pod> pods,
        int attempt,
        long generation,
        @Nullable Instant endedAt,
        Trouble trouble) {

    public static final JobRun ABSENT =
            new JobRun(Presence.ABSENT, null, State.RUNNING, null, List.of(), 0, 0, null, Trouble.NONE);

    /** How far a Job is. */
    public enum State {
        RUNNING,
        COMPLETE,
        FAILED
    }

    public boolean ours() {
        return presence == Presence.OURS;
    }

    public boolean is(State wanted) {
        return ours() && state == wanted;
    }
}
