package homework.otus.mysql.kube;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.step.Setback;
import java.util.List;

/** What became of a plan. */
public sealed interface Execution {
    /**
     * All was tried that could be.
     *
     * @param mysql the object as the API server last answered it
     * @param setbacks what was not taken; what needs it was not tried
     */
    record Done(MySQL mysql, List<Setback> setbacks) implements Execution {
        public Done {
            setbacks = List.copyOf(setbacks);
        }
    }

    /** The caches were behind, or somebody else wrote at the same moment: plan again. */
    record Stale(String what) implements Execution, Problem {}

    /** The API server refuses new objects, because the namespace is being deleted. */
    record NamespaceTerminating() implements Execution, Problem {}
}
