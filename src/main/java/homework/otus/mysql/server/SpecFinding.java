package homework.otus.mysql.server;

import static homework.otus.mysql.api.ConditionType.SpecApplied;
import static java.util.Objects.requireNonNullElse;

import homework.otus.mysql.api.Condition;
import homework.otus.mysql.backup.ArchiveAdvice;
import homework.otus.mysql.child.ContainerNames;
import homework.otus.mysql.child.JobRun;
import homework.otus.mysql.child.Names;
import homework.otus.mysql.child.Trouble;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.Server;
import homework.otus.mysql.observe.ServerVariant;
import homework.otus.mysql.observe.TroubleFinding;
import homework.otus.mysql.observe.Variants;
import homework.otus.mysql.program.JobResult;
import homework.otus.mysql.step.Finding;
import homework.otus.mysql.step.Pace;
import homework.otus.mysql.step.Phase;
import homework.otus.mysql.step.Plan;
import homework.otus.mysql.step.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the image and the configuration that run are those that the spec says. */
public final class SpecFinding {
    private SpecFinding() {}

    /** Null while there is nothing to compare with. */
    public static @Nullable Finding of(Observed o, Plan plan) {
        if (o.deleting()) {
            return null;
        }
        if (o.server().variant() != null && o.server().replicas() != 1) {
            return no(
                    Reason.ReplicasChanged,
                    "deployment/" + o.name() + " has " + o.server().replicas() + " replicas: an admission policy, or"
                            + " somebody, has changed what the operator asks for, which is one; several servers would want the"
                            + " same volume, and MySQL's lock on it is all that keeps the second from starting: correct"
                            + " the policy");
        }
        if (plan.phase() == Phase.CHANGING_IMAGE) {
            return Finding.unknown(
                    SpecApplied, Reason.ChangingImage, "archiving the data before " + wanted(o) + " opens it");
        }
        Optional<FailedConfig> failed = ConfigFallback.failed(o);
        ServerVariant running = o.server().variant();
        if (failed.isPresent() && !(o.server().ready() && Variants.wanted(o).equals(running))) {
            return no(
                    Reason.ConfigFailed,
                    "the server did not become ready with spec.config"
                            + how(requireNonNullElse(failed.get().how(), ""))
                            + ": it runs with the last configuration that served; edit the spec for another try");
        }
        String last = Variants.lastReady(o);
        if (running == null) {
            return last == null ? null : starting();
        }
        boolean paused = plan.phase() == Phase.PAUSED;
        if (!Variants.wanted(o).equals(running)) {
            return last == null || paused ? null : waiting(o, running);
        }
        if (plan.pace() != Pace.FREE) {
            return plan.pace() == Pace.WAITS ? pending(o) : restarting(o);
        }
        if (o.server().ready()) {
            return Finding.yes(SpecApplied, Reason.Applied, "the server runs what the spec says");
        }
        if (o.server().trouble().is(Trouble.Kind.CONFIG)) {
            return no(
                    Reason.ConfigRefused,
                    "mysqld refuses spec.config: " + o.server().trouble().detail());
        }
        return last == null ? null : unready(o, running, last);
    }

    /** What is wanted was made, and doesn't answer. */
    private static Finding unready(Observed o, ServerVariant running, String last) {
        return switch (o.server().rollout()) {
            case RUNNING -> starting();
            // It did answer: Ready tells of that.
            case DONE -> Finding.yes(SpecApplied, Reason.Applied, "the server was started with what the spec says");
            case LATE ->
                last.equals(running.image())
                        ? no(
                                Reason.ServerNotReady,
                                "the server does not become ready with what the spec says"
                                        + how(o.server().trouble().ended()) + ": see kubectl logs deploy/" + o.name())
                        : no(
                                Reason.ImageChangeFailed,
                                "the server does not become ready with " + running.image()
                                        + how(o.server().trouble().ended())
                                        + " (see kubectl logs deploy/" + o.name() + "): set spec.image back to " + last
                                        + ", which served last");
        };
    }

    private static Finding pending(Observed o) {
        List<String> before = new ArrayList<>(o.turn().before());
        if (o.turn().elsewhere() > 0) {
            before.add(o.turn().elsewhere() + " in other namespaces");
        }
        return Finding.yes(
                SpecApplied,
                Reason.RestartPending,
                "the server runs what the spec says; a newer operator makes its Pod otherwise, for which it is restarted"
                        + (before.isEmpty()
                                ? " when you ask for a restart"
                                : " in its turn, after " + String.join(", ", before)));
    }

    private static Finding restarting(Observed o) {
        return o.server().rollout() == Server.Rollout.LATE && !o.server().ready()
                ? no(
                        Reason.RestartFailed,
                        "the server does not become ready since a newer operator has restarted it"
                                + how(o.server().trouble().ended()) + ": see kubectl logs deploy/" + o.name()
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

    private static Finding waiting(Observed o, ServerVariant running) {
        String stays = "; " + running.image() + " goes on as it is";
        JobRun archive = ServerChange.ofThisChange(o);
        if (archive.is(JobRun.State.FAILED) || archive.lost()) {
            JobResult result = archive.result();
            return no(
                    Reason.BackupFailed,
                    "no backup could be taken before the change to " + wanted(o) + ": "
                            + (result == null
                                    ? "the Job failed without reporting a reason"
                                    : ArchiveAdvice.ofBackup(o.name(), result))
                            + stays
                            + ". Edit the spec for another try, or set spec.imageChange.backup to false");
        }
        JobRun job = o.jobs().check();
        if (job.is(JobRun.State.RUNNING) && job.trouble().is(Trouble.Kind.IMAGE)) {
            boolean present = ContainerNames.PRESENT.equals(job.trouble().container());
            return no(
                    Reason.ImagePullFailed,
                    present
                            ? Variants.ofData(o)
                                    + ", which the data is of, can't be pulled, so nobody can tell whether " + wanted(o)
                                    + " may open the data: make it available" + stays
                            : wanted(o) + " can't be pulled: check spec.image" + stays);
        }
        Finding trouble = TroubleFinding.ofRunning(SpecApplied, o, job, Names.checkJob(o.name()), stays);
        if (trouble != null) {
            return trouble;
        }
        Check check = Check.of(o);
        return switch (check.verdict()) {
            case PENDING, PASSED ->
                Finding.unknown(SpecApplied, Reason.Checking, "looking whether " + wanted(o) + " will do" + stays);
            case VERSION_REFUSED -> no(Reason.VersionRefused, check.message() + stays);
            case CONFIG_REFUSED -> no(Reason.ConfigRefused, "mysqld refuses spec.config: " + check.message() + stays);
            case FAILED ->
                no(
                        Reason.CheckFailed,
                        "the Job that looks whether " + wanted(o)
                                + " will do failed without reporting a reason: see kubectl describe job "
                                + Names.checkJob(o.name()) + stays + "; it is tried again");
        };
    }

    private static String wanted(Observed o) {
        return o.mysql().getSpec().getImage();
    }

    private static Finding no(Reason reason, String message) {
        return Finding.no(SpecApplied, reason, message);
    }
}
