package homework.otus.mysql.kube;

import homework.otus.mysql.step.Setback;
import io.kubernetes.client.common.KubernetesObject;
import java.util.List;

/** What became of a plan for an object of the type. */
public sealed interface Execution<T extends KubernetesObject> {
    /**
     * All was tried that could be.
     *
     * @param owner the object that the plan was for, as the API server last answered it
     * @param setbacks what was not taken; what needs it was not tried
     */
    record Done<T extends KubernetesObject>(T owner, List<Setback> setbacks) implements Execution<T> {
        public Done {
            setbacks = List.copyOf(setbacks);
        }
    }

    /** Not all was tried: plan again. */
    record Interrupted<T extends KubernetesObject>(Problem problem) implements Execution<T> {}
}
