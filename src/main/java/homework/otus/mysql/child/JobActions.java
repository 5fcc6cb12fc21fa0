package homework.otus.mysql.child;

import homework.otus.mysql.step.Action;
import homework.otus.mysql.step.Capability;
import io.kubernetes.client.openapi.models.V1Job;
import java.util.ArrayList;
import java.util.List;

/** What is done to any of a database's Jobs, whatever it is for. */
public final class JobActions {
    /** Ends what uses the volumes: the server, and Jobs that were begun for something else. */
    public static final Capability STOP = new Capability("Stop");

    /** The Pods of finished Jobs: what they have said has to be written down first. */
    public static final Capability CLEANUP = new Capability("Cleanup");

    private JobActions() {}

    /** Makes it in the place of the one that has its name. */
    public static List<Action> replace(JobRun old, V1Job wanted) {
        List<Action> actions = new ArrayList<>(remove(old));
        actions.add(new Action.Create(wanted));
        return actions;
    }

    public static List<Action> remove(JobRun job) {
        V1Job object = job.object();
        return object == null ? List.of() : List.of(new Action.Delete(object, Action.Propagation.BACKGROUND));
    }

    /** Tells one that runs to end, its Pod first. Empty also where that was told before. */
    public static List<Action> stop(JobRun job) {
        V1Job object = job.object();
        return object == null || !job.running() || object.getMetadata().getDeletionTimestamp() != null
                ? List.of()
                : List.of(new Action.Delete(object, Action.Propagation.FOREGROUND));
    }

    /** A claim that is to go waits for the Pods that mount it. */
    public static List<Action> letGo(JobRun job) {
        return job.running() ? stop(job) : removePods(job);
    }

    /** A finished Pod still holds its claims and Secrets. */
    public static List<Action> removePods(JobRun job) {
        return job.pods().stream()
                .<Action>map(pod -> new Action.Delete(pod, Action.Propagation.BACKGROUND))
                .toList();
    }
}
