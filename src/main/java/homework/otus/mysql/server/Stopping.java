package homework.otus.mysql.server;

import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.step.Action;
import homework.otus.mysql.step.Actions;
import homework.otus.mysql.step.Capability;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Pod;
import java.util.List;

/** Ends the server: its Deployment with all that is of it, and what was left without one. */
public final class Stopping {
    private Stopping() {}

    public static void server(Observed o, Actions all) {
        List<Action> actions = all.of(Capability.STOP);
        V1Deployment deployment = o.server().object();
        if (deployment == null || o.server().deleting()) {
            orphans(o, actions);
        } else {
            actions.add(new Action.Delete(deployment, Action.Propagation.FOREGROUND));
        }
    }

    public static void orphanedPods(Observed o, Actions actions) {
        o.server().orphans().stream()
                .filter(V1Pod.class::isInstance)
                .forEach(pod -> actions.of(Capability.STOP).add(new Action.Delete(pod, Action.Propagation.BACKGROUND)));
    }

    private static void orphans(Observed o, List<Action> actions) {
        for (KubernetesObject orphan : o.server().orphans()) {
            actions.add(new Action.Delete(orphan, Action.Propagation.FOREGROUND));
        }
    }
}
