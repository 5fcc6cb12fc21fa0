package homework.otus.mysql.plan;

import homework.otus.mysql.observe.JobRun;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1Pod;
import java.util.List;

/** What is done to any of a database's Jobs, whatever it is for. */
final class JobActions {
    private JobActions() {}

    /** Makes it in the place of the one that has its name. */
    static void replace(JobRun old, V1Job wanted, List<Action> actions) {
        remove(old, actions);
        actions.add(new Action.Create(wanted));
    }

    static void remove(JobRun job, List<Action> actions) {
        V1Job object = job.object();
        if (object != null) {
            actions.add(new Action.Delete(object, Action.Propagation.BACKGROUND));
        }
    }

    /** Tells one that runs to end, its Pod first; whether it still runs. */
    static boolean stops(JobRun job, List<Action> actions) {
        V1Job object = job.object();
        if (object == null || job.state() != JobRun.State.RUNNING) {
            return false;
        }
        if (object.getMetadata().getDeletionTimestamp() == null) {
            actions.add(new Action.Delete(object, Action.Propagation.FOREGROUND));
        }
        return true;
    }

    /** A claim that is to go waits for the Pods that mount it. */
    static void letGo(JobRun job, List<Action> actions) {
        if (!stops(job, actions)) {
            removePods(job, actions);
        }
    }

    /** A finished Pod still holds its claims and Secrets. */
    static void removePods(JobRun job, List<Action> actions) {
        for (V1Pod pod : job.pods()) {
            actions.add(new Action.Delete(pod, Action.Propagation.BACKGROUND));
        }
    }
}
