package homework.otus.mysql.server;

import homework.otus.mysql.child.JobActions;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.ServedMark;
import homework.otus.mysql.step.Action;
import homework.otus.mysql.step.Advance;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Pod;
import java.util.List;

/** Ends the server: its Deployment with all that is of it, and what was left without one. */
public final class Stopping {
    private Stopping() {}

    /** Marked first: afterwards nobody could tell any more whether the server answered. */
    public static Advance server(Observed observed) {
        return markBefore(observed).and(JobActions.STOP, deletions(observed));
    }

    /** A Pod that no ReplicaSet has taken over still has the volume. */
    static Advance orphanedPods(Observed observed) {
        return Advance.of(
                JobActions.STOP,
                observed.server().orphans().stream()
                        .filter(V1Pod.class::isInstance)
                        .<Action>map(pod -> new Action.Delete(pod, Action.Propagation.BACKGROUND))
                        .toList());
    }

    private static List<Action> deletions(Observed observed) {
        V1Deployment deployment = observed.server().object();
        List<KubernetesObject> targets = deployment == null || observed.server().deleting()
                ? observed.server().orphans()
                : List.of(deployment);
        return targets.stream()
                .<Action>map(target -> new Action.Delete(target, Action.Propagation.FOREGROUND))
                .toList();
    }

    private static Advance markBefore(Observed observed) {
        ServedMark served = observed.data().served();
        if (observed.server().object() == null || observed.server().deleting()) {
            return Advance.NONE;
        }
        if (observed.server().ready()) {
            return Serving.mark(observed);
        }
        return served == null
                ? Advance.NONE
                : Serving.mark(observed, new ServedMark(served.variant(), true, served.restoredFor()));
    }
}
