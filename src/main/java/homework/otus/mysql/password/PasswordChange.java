package homework.otus.mysql.password;

import static homework.otus.mysql.job.FailureReason.AccessDenied;
import static homework.otus.mysql.job.FailureReason.PasswordRefused;
import static homework.otus.mysql.job.FailureReason.Unreachable;

import homework.otus.mysql.job.JobFailure;
import homework.otus.mysql.job.JobOutcome;
import homework.otus.mysql.job.JobResult;
import homework.otus.mysql.job.Progress;
import homework.otus.mysql.sql.PasswordMark;
import homework.otus.mysql.sql.RootAccounts;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Leads the root accounts from one password to the next in two steps, so that no client is locked out in between:
 *
 * <ol>
 *   <li>{@link #change}: the next password becomes the accounts' own, and the one in force is retained beside it
 *   <li>{@link #discard}, once everybody has been given the next one: what is retained ends
 * </ol>
 *
 * <p>Each step is one statement about both accounts, so it is done or not done wherever the Job is killed, and doing it
 * again changes nothing. Before MySQL 8.0.14 there is one password at a time, and the second step does nothing.
 *
 * <p>The accounts are marked with what their password is (see {@link PasswordMark}).
 */
final class PasswordChange {
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);

    /** A server knows best what it can do: it reads the comments of its own version and of earlier ones. */
    private static final String ABILITIES = "SELECT 0 /*!80014 + 1 */, 0 /*!80021 + 1 */";

    private static final String POLICY = "SELECT COALESCE(GROUP_CONCAT(VARIABLE_NAME, '=', VARIABLE_VALUE"
            + " ORDER BY VARIABLE_NAME SEPARATOR ', '), 'unknown') FROM performance_schema.global_variables"
            + " WHERE VARIABLE_NAME LIKE 'validate\\_password%' AND VARIABLE_NAME NOT LIKE '%dictionary%'";

    private final MountedSecret secret;
    private final PasswordMark mark;
    private final Server server;
    private final String name;
    private final Patience patience;
    private final Progress progress;

    /**
     * @param mark what the accounts are marked with when they have the new password
     * @param name the MySQL object's, for messages
     */
    PasswordChange(
            MountedSecret secret, PasswordMark mark, Server server, String name, Patience patience, Progress progress) {
        this.secret = secret;
        this.mark = mark;
        this.server = server;
        this.name = name;
        this.patience = patience;
        this.progress = progress;
    }

    JobResult change() throws JobFailure {
        progress.say("Waiting for revision " + mark.revision() + " in the mounted Secret");
        MountedSecret.Version version = secret.awaitNext(mark.revision(), patience);
        String next = Objects.requireNonNull(version.next()).text();
        return persist(() -> change(version.present().text(), next));
    }

    JobResult discard() throws JobFailure {
        progress.say("Waiting for revision " + mark.revision() + " to be in force in the mounted Secret");
        String password =
                secret.awaitPresent(mark.revision(), patience).present().text();
        return persist(() -> discard(password));
    }

    private JobResult change(String present, String next) throws SQLException, JobFailure {
        // The next one first: a run before this one may have been killed after the statement, and a server that was
        // restarted may have been given it by its init_file.
        Optional<Server.Session> changed = logIn(next);
        if (changed.isPresent()) {
            try (Server.Session root = changed.get()) {
                makeSure(root, next);
            }
        } else {
            try (Server.Session root = logIn(present).orElseThrow(this::changedByHand)) {
                give(root, next);
            }
        }
        logIn(next).orElseThrow(this::changedByHand).close();
        return result(JobOutcome.Changed, "The root accounts have the password of revision " + mark.revision() + ".");
    }

    /** The next password works already: for one of the accounts at least, or as what one of them has retained. */
    private void makeSure(Server.Session root, String next) throws SQLException, JobFailure {
        if (!Abilities.of(root).marks()) {
            progress.say("The next password works already");
            return;
        }
        if (root.ask("SELECT " + mark.accountsMarkedSo()).equals(List.of("2"))) {
            progress.say("Both accounts are marked with revision " + mark.revision() + " already");
            return;
        }
        progress.say("The next password works already: making sure that both accounts have it");
        // Retaining again would lose the one in force before, which may be retained.
        alter(root, RootAccounts.identifiedBy(next) + mark.attribute());
    }

    private void give(Server.Session root, String next) throws SQLException, JobFailure {
        Abilities abilities = Abilities.of(root);
        progress.say(
                abilities.retains()
                        ? "Changing the password and retaining the one in force"
                        : "Changing the password; this server can't retain the one in force");
        alter(
                root,
                (abilities.retains() ? RootAccounts.identifiedByRetaining(next) : RootAccounts.identifiedBy(next))
                        + (abilities.marks() ? mark.attribute() : ""));
    }

    private void alter(Server.Session root, String statement) throws SQLException, JobFailure {
        try {
            root.execute(statement);
        } catch (SQLException e) {
            ServerError error = new ServerError(e);
            if (error.isPassing()) {
                throw e;
            }
            throw new JobFailure(
                    PasswordRefused,
                    "MySQL refuses the new password (" + error + "); the one before stays in force. "
                            + advice(error, root));
        }
    }

    private static String advice(ServerError error, Server.Session root) throws SQLException {
        return switch (error.number()) {
            case ServerError.POLICY ->
                "It doesn't satisfy the policy of MySQL's validate_password ("
                        + root.ask(POLICY).get(0) + "): choose another in spec.password.";
            case ServerError.HISTORY ->
                "It was in use before, and MySQL's password_history or password_reuse_interval"
                        + " doesn't allow that: choose another in spec.password.";
            case ServerError.NO_SUCH_ACCOUNT ->
                "One of the accounts root@localhost and root@'%' is missing: restart"
                        + " the server, which makes it anew.";
            default ->
                "MySQL's documentation tells what that error is; choose another password in spec.password, or"
                        + " correct what the server objects to.";
        };
    }

    private JobResult discard(String password) throws SQLException, JobFailure {
        try (Server.Session root = logIn(password).orElseThrow(this::changedByHand)) {
            if (Abilities.of(root).retains()) {
                root.execute(RootAccounts.discardOldPassword());
            }
        }
        // It was itself the retained one, if somebody changed the accounts' own by hand and retained it.
        logIn(password).orElseThrow(this::changedByHand).close();
        return result(
                JobOutcome.Discarded,
                "The root accounts have the password of revision " + mark.revision() + " and no other.");
    }

    private static JobResult result(JobOutcome outcome, String message) {
        return JobResult.of(outcome, message, null);
    }

    /** Empty where the password is refused. */
    private Optional<Server.Session> logIn(String password) throws SQLException {
        try {
            return Optional.of(server.logIn(password));
        } catch (SQLException e) {
            if (new ServerError(e).isAccessDenied()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private JobFailure changedByHand() {
        return denied("MySQL accepts no password for root that the operator knows: it was changed in MySQL by hand.");
    }

    private JobFailure denied(String what) {
        return new JobFailure(
                AccessDenied,
                what + " Run `kubectl rollout restart deployment/" + name + "`: at its start the server takes the"
                        + " password that the operator gave it. Then this is tried again.");
    }

    private interface Attempt {
        JobResult run() throws SQLException, JobFailure;
    }

    /** Each attempt starts over: what one before has done makes the next one shorter. */
    private JobResult persist(Attempt attempt) throws JobFailure {
        while (true) {
            ServerError error;
            try {
                return attempt.run();
            } catch (SQLException e) {
                error = new ServerError(e);
            }
            if (!error.isPassing()) {
                throw denied("MySQL doesn't let root do its work (" + error + ").");
            }
            if (patience.isOver()) {
                throw new JobFailure(
                        Unreachable,
                        "The server at " + server + " could not be reached over TLS within " + patience + " (" + error
                                + "). Look at its Pod, `kubectl describe pod -l app=" + name
                                + "`, and whether its configuration turns TLS off.");
            }
            progress.say("The server at " + server + " can't be reached now (" + error + ")");
            patience.pause(BETWEEN_ATTEMPTS);
        }
    }

    /**
     * @param retains an account may have a second password
     * @param marks an account may have attributes
     */
    private record Abilities(boolean retains, boolean marks) {
        static Abilities of(Server.Session root) throws SQLException {
            List<String> answers = root.ask(ABILITIES);
            return new Abilities(answers.get(0).equals("1"), answers.get(1).equals("1"));
        }
    }
}
