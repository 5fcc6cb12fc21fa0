package homework.otus.mysql.apply;

import homework.otus.mysql.plan.Setback;

/** Why a write was not taken. */
sealed interface Problem permits Problem.Refusal, Outcome.Stale, Outcome.NamespaceTerminating {

    /**
     * The API server says no to this one write, and may take others.
     *
     * @param message names the object, and has the API server's words
     */
    record Refusal(Setback.Kind kind, String message) implements Problem {}
}
