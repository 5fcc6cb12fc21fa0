package homework.otus.mysql.accounts;

import static homework.otus.mysql.api.ConditionType.PasswordSynced;

import homework.otus.mysql.api.ConditionType;
import homework.otus.mysql.child.JobRun;
import homework.otus.mysql.child.Names;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.Server;
import homework.otus.mysql.observe.TroubleFinding;
import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobResult;
import homework.otus.mysql.program.password.PasswordTask;
import homework.otus.mysql.step.Finding;
import homework.otus.mysql.step.Reason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far a change of root's password is. */
public final class PasswordFinding {
    /** Shown by {@code kubectl get ms}: the words are the exercises'. */
    static final String CHANGED = "mysql password changed!";

    private PasswordFinding() {}

    /** @param before the condition's reason so far; null where there is no such condition */
    public static @Nullable Finding of(Observed o, @Nullable String before, boolean withRestore) {
        Optional<Passwords> held = o.passwords();
        if (o.deleting() || held.isEmpty()) {
            return null;
        }
        Passwords passwords = held.get();
        if (passwords.next() != null) {
            return changing(o, "root is given the new password");
        }
        if (passwords.retained() && done(o, PasswordTask.DISCARD, passwords)) {
            // A Job with a TTL may be gone when the Secret says so, too.
            return Finding.yes(PasswordSynced, Reason.PasswordChanged, CHANGED);
        }
        if (passwords.retained()) {
            return changing(o, "the new password works; the old one is being forgotten");
        }
        String wanted = o.wantedPassword().value();
        Finding refusal = refusal(PasswordSynced, o, passwords, withRestore);
        if (refusal != null && (wanted == null || wanted.equals(passwords.root()))) {
            return refusal;
        }
        if (wanted == null) {
            return Finding.no(
                    PasswordSynced,
                    Reason.SecretNotFound,
                    o.wantedPassword().problem() + "; the server keeps the password that it has");
        }
        if (!wanted.equals(passwords.root())) {
            return Finding.unknown(
                    PasswordSynced,
                    Reason.PasswordChanging,
                    o.server().ready()
                            ? "root is given the new password"
                            : "root is given the new password when the server is ready");
        }
        return changed(o, passwords, before) ? Finding.yes(PasswordSynced, Reason.PasswordChanged, CHANGED) : null;
    }

    /** Seen by the Job's end, or told before: a write that failed, or a Secret that was missing, is no change. */
    private static boolean changed(Observed o, Passwords held, @Nullable String before) {
        return Reason.PasswordChanged.name().equals(before)
                || done(o, PasswordTask.DISCARD, held)
                || Reason.PasswordRefused.name().equals(before) && done(o, PasswordTask.ENSURE, held);
    }

    private static boolean done(Observed o, PasswordTask step, Passwords held) {
        JobRun job = o.jobs().password().doing(step.task(held.revision()));
        return job.ours() && job.state() == JobRun.State.COMPLETE;
    }

    /** Why a server that runs is not served: what MySQL objects to in the passwords that its accounts are to have. */
    public static @Nullable Finding refusal(ConditionType type, Observed o, Passwords held, boolean withRestore) {
        Server.Running running = o.server().running();
        JobRun job = PasswordRotation.ensuring(o, held);
        JobResult result = job.result();
        if (running == null || running.started() || result == null) {
            return null;
        }
        if (job.is(JobRun.State.FAILED) && result.reason() == FailureReason.SessionRefused) {
            return Finding.no(type, Reason.AccessDenied, PasswordAdvice.of(o.name(), result));
        }
        if (!PasswordRotation.refused(job)) {
            return null;
        }
        String restored = withRestore
                ? " The restored data has brought its own rules for passwords along; it is served when spec.password"
                        + " satisfies them."
                : "";
        return Finding.no(type, reason(result.reason()), PasswordAdvice.of(o.name(), result) + restored);
    }

    private static Finding changing(Observed o, String progress) {
        JobRun job = o.jobs().password();
        Finding trouble = TroubleFinding.ofRunning(PasswordSynced, o, job, Names.passwordJob(o.name()), "");
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
                    "the Job failed without reporting a reason: see kubectl describe job " + Names.passwordJob(o.name())
                            + "; it is tried again, and at once when you delete it");
        }
        return Finding.no(PasswordSynced, reason(result.reason()), PasswordAdvice.of(o.name(), result));
    }

    private static Reason reason(@Nullable FailureReason reason) {
        if (reason == FailureReason.AccessDenied || reason == FailureReason.AccountDenied) {
            return Reason.AccessDenied;
        }
        return reason == FailureReason.PasswordRefused ? Reason.PasswordRefused : Reason.PasswordChangeFailed;
    }
}
