package homework.otus.mysql.apply;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.status.Setback;

/** What became of a plan's actions. */
public sealed interface Outcome {
    /** @param mysql the object as the API server last answered it */
    record Done(MySQL mysql) implements Outcome {}

    /** The caches were behind, or somebody else wrote at the same moment: plan again. */
    record Stale(String what) implements Outcome {}

    /** The API server refuses new objects, because the namespace is being deleted. */
    record NamespaceTerminating() implements Outcome {}

    /** Something that only people can mend. */
    record Blocked(Setback setback) implements Outcome {}
}
