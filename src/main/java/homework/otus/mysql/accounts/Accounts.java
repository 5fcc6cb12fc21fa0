package homework.otus.mysql.accounts;

import homework.otus.mysql.api.ConditionType;
import homework.otus.mysql.child.Correction;
import homework.otus.mysql.child.JobActions;
import homework.otus.mysql.child.JobRun;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.step.Advance;
import homework.otus.mysql.step.Capability;
import homework.otus.mysql.step.Finding;
import homework.otus.mysql.step.Phase;
import homework.otus.mysql.step.Reason;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The two Secrets, and another password for a server that runs. */
public final class Accounts {
    public static final Capability CREDENTIALS = new Capability("Credentials");
    /** The application's Secret. */
    public static final Capability BINDING = new Capability("Binding");

    public static final Capability PASSWORD = new Capability("Password");

    /** A Secret without the label that allows its use sends no event either. */
    private static final Duration SECRET_CHECK = Duration.ofSeconds(30);

    private final PasswordRotation rotation;

    public Accounts(PasswordJobs jobs) {
        this.rotation = new PasswordRotation(jobs);
    }

    /** Halts while nobody knows root's password. */
    public Advance awaitPassword(Observed observed) {
        return Passwords.heldOrFirst(observed).isPresent()
                ? Advance.NONE
                : Advance.halting(
                                Phase.WAITING_FOR_SECRET,
                                Finding.no(
                                        ConditionType.Ready,
                                        Reason.SecretNotFound,
                                        observed.wantedPassword().problem()))
                        .lookingAgainAfter(SECRET_CHECK);
    }

    public Advance advance(Observed observed) {
        Advance told = Advance.NONE.telling(PasswordFinding.of(observed));
        Optional<Passwords> held = Passwords.heldOrFirst(observed);
        if (held.isEmpty()) {
            return told;
        }
        PasswordRotation.Stage stage = rotation.decide(observed, held.get());
        Passwords secret = stage.secret();
        return told.and(
                        CREDENTIALS,
                        Correction.of(
                                Credentials.of(observed.mysql(), secret, observed.hasServed()),
                                Credentials.found(observed),
                                observed.taken(),
                                Credentials::covers))
                .and(
                        BINDING,
                        Correction.of(
                                BindingSecret.of(observed.mysql(), secret.application()),
                                BindingSecret.found(observed),
                                observed.taken(),
                                Credentials::covers))
                .and(PASSWORD, stage.actions())
                .lookingAgainAfter(stage.retryAfter())
                .lookingAgainAfter(observed.wantedPassword().value() == null ? SECRET_CHECK : null)
                .lookingAgainAfter(PasswordRotation.job(observed).awaitingPod())
                .and(removePods(observed, secret));
    }

    /** A finished Job is kept for inspection; its Pod holds Secrets for nothing. */
    private static Advance removePods(Observed observed, Passwords secret) {
        JobRun job = PasswordRotation.job(observed);
        boolean changing = secret.next() != null || secret.retained();
        return !changing && job.is(JobRun.State.COMPLETE) && observed.server().ready()
                ? Advance.of(JobActions.CLEANUP, JobActions.removePods(job))
                : Advance.NONE;
    }

    /** Whether a server's Pod could mount the credentials that are there. */
    public static boolean served(Observed observed) {
        return Credentials.serves(Credentials.found(observed));
    }

    /** Of the credentials that a server is started with. */
    public static String identity(Observed observed) {
        return Passwords.heldOrFirst(observed)
                .map(Passwords::identity)
                .orElse(observed.madeUp().identity());
    }

    /** Another password is asked for, or is being given to the server. */
    public static boolean changing(Observed observed) {
        String wanted = observed.wantedPassword().value();
        return Passwords.heldOrFirst(observed)
                .filter(held -> held.next() != null || held.retained() || wanted != null && !wanted.equals(held.root()))
                .isPresent();
    }

    /** Why a server that runs is not served: what MySQL objects to in its accounts. */
    public static @Nullable Finding refusal(Observed observed) {
        return Passwords.held(observed)
                .map(held -> PasswordFinding.refusal(ConditionType.Ready, observed, held))
                .orElse(null);
    }
}
