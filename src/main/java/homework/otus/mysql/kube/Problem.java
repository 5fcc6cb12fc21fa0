package homework.otus.mysql.kube;

import homework.otus.mysql.step.Setback;

/** Why a write was not taken. */
public sealed interface Problem {

    /**
     * The API server says no to this one write, and may take others.
     *
     * @param object as {@code service/db}
     * @param words the API server's; empty where it isn't the API server that says no
     */
    record Refusal(Setback.Cause cause, String object, String words) implements Problem {}

    /** The caches were behind, or somebody else wrote at the same moment: plan again. */
    record Stale(String what) implements Problem {}

    /** The API server refuses new objects, because the namespace is being deleted. */
    record NamespaceTerminating() implements Problem {}
}
