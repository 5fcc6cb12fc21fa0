package homework.otus.mysql.kube;

import homework.otus.mysql.step.Setback;

/** Why a write was not taken. */
sealed interface Problem permits Problem.Refusal, Execution.Stale, Execution.NamespaceTerminating {

    /**
     * The API server says no to this one write, and may take others.
     *
     * @param message names the object, and has the API server's words
     */
    record Refusal(Setback.Kind kind, String message) implements Problem {}
}
