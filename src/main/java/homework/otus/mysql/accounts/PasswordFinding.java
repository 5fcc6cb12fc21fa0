package homework.otus.mysql.accounts;

import static homework.otus.mysql.api.ConditionType.PasswordSynced;

import homework.otus.mysql.api.ConditionType;
import homework.otus.mysql.child.JobRun;
import homework.otus.mysql.child.Names;
import homework.otus.mysql.child.RunningServer;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.TroubleFinding;
import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobResult;
import homework.otus.mysql.program.password.PasswordTask;
import homework.otus.mysql.step.Finding;
import homework.otus.mysql.step.Reason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far a change of root's password is. */
final class PasswordFinding {
    /** Shown by {@code kubectl get ms}: the words are the exercises'. */
    static final String CHANGED = "mysql password changed!";

    private PasswordFinding() {}

    static @Nullable Finding of(Observed observed) {
        Optional<Passwords> held = Passwords.held(observed);
        if (observed.deleting() || held.isEmpty()) {
            return null;
        }
        Passwords passwords = held.get();
        if (passwords.next() != null) {
            return changing(observed, "root is given the new password");
        }
        if (passwords.retained() && done(observed, PasswordTask.DISCARD, passwords)) {
            // A Job with a TTL may be gone when the Secret says so, too.
            return Finding.yes(PasswordSynced, Reason.PasswordChanged, CHANGED);
        }
        if (passwords.retained()) {
            return changing(observed, "the new password works; the old one is being forgotten");
        }
        String wanted = observed.wantedPassword().value();
        Finding refusal = refusal(PasswordSynced, observed, passwords);
        if (refusal != null && (wanted == null || wanted.equals(passwords.root()))) {
            return refusal;
        }
        if (wanted == null) {
            return Finding.no(
                    PasswordSynced,
                    Reason.SecretNotFound,
                    observed.wantedPassword().problem() + "; the server keeps the password that it has");
        }
        if (!wanted.equals(passwords.root())) {
            return Finding.unknown(
                    PasswordSynced,
                    Reason.PasswordChanging,
                    observed.server().ready()
                            ? "root is given the new password"
                            : "root is given the new password when the server is ready");
        }
        return changed(observed, passwords) ? Finding.yes(PasswordSynced, Reason.PasswordChanged, CHANGED) : null;
    }

    /** Seen by the Job's end, or told before: a write that failed, or a Secret that was missing, is no change. */
    private static boolean changed(Observed observed, Passwords held) {
        String before = observed.toldBefore(PasswordSynced);
        return Reason.PasswordChanged.name().equals(before)
                || done(observed, PasswordTask.DISCARD, held)
                || Reason.PasswordRefused.name().equals(before) && done(observed, PasswordTask.ENSURE, held);
    }

    private static boolean done(Observed observed, PasswordTask step, Passwords held) {
        JobRun job = PasswordRotation.job(observed).doing(step.task(held.revision()));
        return job.ours() && job.state() == JobRun.State.COMPLETE;
    }

    /** Why a server that runs is not served: what MySQL objects to in the passwords that its accounts are to have. */
    static @Nullable Finding refusal(ConditionType type, Observed observed, Passwords held) {
        RunningServer running = observed.server().running();
        JobRun job = PasswordRotation.ensuring(observed, held);
        JobResult result = job.result();
        if (running == null || running.started() || result == null) {
            return null;
        }
        if (job.is(JobRun.State.FAILED) && result.reason() == FailureReason.SessionRefused) {
            return Finding.no(type, Reason.AccessDenied, PasswordAdvice.of(observed.name(), result));
        }
        if (!PasswordRotation.refused(job)) {
            return null;
        }
        String restored = observed.restored()
                ? " The restored data has brought its own rules for passwords along; it is served when spec.password"
                        + " satisfies them."
                : "";
        return Finding.no(type, reason(result.reason()), PasswordAdvice.of(observed.name(), result) + restored);
    }

    private static Finding changing(Observed observed, String progress) {
        JobRun job = PasswordRotation.job(observed);
        Finding trouble =
                TroubleFinding.ofRunning(PasswordSynced, observed, job, Names.passwordJob(observed.name()), "");
        if (trouble != null) {
            return trouble;
        }
        if (!job.is(JobRun.State.FAILED)) {
            return Finding.unknown(PasswordSynced, Reason.PasswordChanging, progress);
        }
        JobResult result = job.result();
        if (result == null) {
            return Finding.no(
                    PasswordSynced,
                    Reason.PasswordChangeFailed,
                    "the Job failed without reporting a reason: see kubectl describe job "
                            + Names.passwordJob(observed.name())
                            + "; it is tried again, and at once when you delete it");
        }
        return Finding.no(PasswordSynced, reason(result.reason()), PasswordAdvice.of(observed.name(), result));
    }

    private static Reason reason(@Nullable FailureReason reason) {
        if (reason == FailureReason.AccessDenied || reason == FailureReason.AccountDenied) {
            return Reason.AccessDenied;
        }
        return reason == FailureReason.PasswordRefused ? Reason.PasswordRefused : Reason.PasswordChangeFailed;
    }
}
