package homework.otus.mysql.server;

import static homework.otus.mysql.api.ConditionType.SpecApplied;
import static java.util.Objects.requireNonNullElse;

import homework.otus.mysql.api.Condition;
import homework.otus.mysql.child.Trouble;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.Server;
import homework.otus.mysql.observe.ServerVariant;
import homework.otus.mysql.observe.Variants;
import homework.otus.mysql.step.Finding;
import homework.otus.mysql.step.Pace;
import homework.otus.mysql.step.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the image and the configuration that run are those that the spec says. */
public final class SpecFinding {
    private SpecFinding() {}

    /**
     * Null while there is nothing to compare with.
     *
     * @param waiting why what runs is not yet what is wanted, where it isn't
     */
    static @Nullable Finding of(Observed observed, Pace pace, Finding waiting) {
        Finding replicas = replicas(observed);
        if (replicas != null) {
            return replicas;
        }
        Optional<FailedConfig> failed = ConfigFallback.failed(observed);
        ServerVariant running = observed.server().variant();
        if (failed.isPresent()
                && !(observed.server().ready() && Variants.wanted(observed).equals(running))) {
            return no(
                    Reason.ConfigFailed,
                    "the server did not become ready with spec.config"
                            + how(requireNonNullElse(failed.get().how(), ""))
                            + ": it runs with the last configuration that served; edit the spec for another try");
        }
        String last = Variants.lastReady(observed);
        if (running == null) {
            return last == null ? null : starting();
        }
        if (!Variants.wanted(observed).equals(running)) {
            return last == null || observed.mysql().getSpec().isPaused() ? null : waiting;
        }
        if (pace != Pace.FREE) {
            return pace == Pace.WAITS ? pending(observed) : restarting(observed);
        }
        if (observed.server().ready()) {
            return Finding.yes(SpecApplied, Reason.Applied, "the server runs what the spec says");
        }
        if (observed.server().trouble().is(Trouble.Kind.CONFIG)) {
            return no(
                    Reason.ConfigRefused,
                    "mysqld refuses spec.config: " + observed.server().trouble().detail());
        }
        return last == null ? null : unready(observed, running, last);
    }

    static @Nullable Finding replicas(Observed observed) {
        return observed.server().variant() == null || observed.server().replicas() == 1
                ? null
                : no(
                        Reason.ReplicasChanged,
                        "deployment/" + observed.name() + " has "
                                + observed.server().replicas()
                                + " replicas: an admission policy, or"
                                + " somebody, has changed what the operator asks for, which is one; several servers would want the"
                                + " same volume, and MySQL's lock on it is all that keeps the second from starting: correct"
                                + " the policy");
    }

    /** What is wanted was made, and doesn't answer. */
    private static Finding unready(Observed observed, ServerVariant running, String last) {
        return switch (observed.server().rollout()) {
            case RUNNING -> starting();
            // It did answer: Ready tells of that.
            case DONE -> Finding.yes(SpecApplied, Reason.Applied, "the server was started with what the spec says");
            case LATE ->
                last.equals(running.image())
                        ? no(
                                Reason.ServerNotReady,
                                "the server does not become ready with what the spec says"
                                        + how(observed.server().trouble().ended()) + ": see kubectl logs deploy/"
                                        + observed.name())
                        : no(
                                Reason.ImageChangeFailed,
                                "the server does not become ready with " + running.image()
                                        + how(observed.server().trouble().ended())
                                        + " (see kubectl logs deploy/" + observed.name() + "): set spec.image back to "
                                        + last
                                        + ", which served last");
        };
    }

    private static Finding pending(Observed observed) {
        List<String> before = new ArrayList<>(observed.turn().before());
        if (observed.turn().elsewhere() > 0) {
            before.add(observed.turn().elsewhere() + " in other namespaces");
        }
        return Finding.yes(
                SpecApplied,
                Reason.RestartPending,
                "the server runs what the spec says; a newer operator makes its Pod otherwise, for which it is restarted"
                        + (before.isEmpty()
                                ? " when you ask for a restart"
                                : " in its turn, after " + String.join(", ", before)));
    }

    private static Finding restarting(Observed observed) {
        return observed.server().rollout() == Server.Rollout.LATE
                        && !observed.server().ready()
                ? no(
                        Reason.RestartFailed,
                        "the server does not become ready since a newer operator has restarted it"
                                + how(observed.server().trouble().ended()) + ": see kubectl logs deploy/"
                                + observed.name()
                                + ". No other database is restarted meanwhile: see \"Upgrading the operator\" in"
                                + " docs/operations.md")
                : Finding.unknown(
                        SpecApplied,
                        Reason.Restarting,
                        "the server is restarted, for a newer operator makes its Pod otherwise");
    }

    /** Whether that was told of it, and nothing else since. */
    public static boolean tellsRestart(Condition condition) {
        return condition.reason().equals(Reason.Restarting.name())
                || condition.reason().equals(Reason.RestartFailed.name());
    }

    private static Finding starting() {
        return Finding.unknown(SpecApplied, Reason.Starting, "the server is started with what the spec says");
    }

    /** How the server ended, where it did. */
    private static String how(String ended) {
        return ended.isEmpty() ? "" : " (" + ended + ")";
    }

    private static Finding no(Reason reason, String message) {
        return Finding.no(SpecApplied, reason, message);
    }
}
