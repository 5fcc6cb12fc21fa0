package homework.otus.mysql.program.password;

import static homework.otus.mysql.program.FailureReason.AccessDenied;
import static homework.otus.mysql.program.FailureReason.AccountDenied;
import static homework.otus.mysql.program.FailureReason.PasswordRefused;
import static homework.otus.mysql.program.FailureReason.SessionRefused;
import static homework.otus.mysql.program.FailureReason.Unreachable;

import homework.otus.mysql.program.JobFailure;
import homework.otus.mysql.program.JobOutcome;
import homework.otus.mysql.program.JobResult;
import homework.otus.mysql.program.Progress;
import homework.otus.mysql.sql.ApplicationAccount;
import homework.otus.mysql.sql.OperatorAccount;
import homework.otus.mysql.sql.PasswordMark;
import homework.otus.mysql.sql.RootAccounts;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Logs in as the operator's account, whatever root's password is, and leads the root accounts from one password to the
 * next in two steps, so that no client is locked out in between:
 *
 * <ol>
 *   <li>{@link #change}: the next password becomes the accounts' own, and the one in force is retained beside it
 *   <li>{@link #discard}, once everybody has been given the next one: what is retained ends
 * </ol>
 *
 * <p>And where a server's start could not, it makes all accounts what they should be and tells what MySQL objects to: see
 * {@link #ensure}.
 *
 * <p>Each step of a change is one statement about both accounts, so it is done or not done wherever the Job is killed, and doing it
 * again changes nothing. Before MySQL 8.0.14 there is one password at a time, and the second step does nothing.
 *
 * <p>The accounts are marked with what their password is (see {@link PasswordMark}).
 */
final class PasswordChange {
    private static final String ROOT = "root";
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);

    /** A server knows best what it can do: it reads the comments of its own version and of earlier ones. */
    private static final String ABILITIES = "SELECT 0 /*!80014 + 1 */, 0 /*!80021 + 1 */";

    private static final String POLICY = "SELECT COALESCE(GROUP_CONCAT(VARIABLE_NAME, '=', VARIABLE_VALUE"
            + " ORDER BY VARIABLE_NAME SEPARATOR ', '), 'unknown') FROM performance_schema.global_variables"
            + " WHERE VARIABLE_NAME LIKE 'validate\\_password%' AND VARIABLE_NAME NOT LIKE '%dictionary%'";

    private final MountedSecret secret;
    private final PasswordMark mark;
    private final LoginServer server;
    private final Patience patience;
    private final Progress progress;

    /** @param mark what the accounts are marked with when they have the new password */
    PasswordChange(MountedSecret secret, PasswordMark mark, LoginServer server, Patience patience, Progress progress) {
        this.secret = secret;
        this.mark = mark;
        this.server = server;
        this.patience = patience;
        this.progress = progress;
    }

    JobResult change() throws JobFailure {
        progress.say("Waiting for revision " + mark.revision() + " in the mounted Secret");
        MountedSecret.Version version = secret.awaitNext(mark.revision(), patience);
        String next = Objects.requireNonNull(version.next()).text();
        return persist(() -> change(version.others().operator(), next));
    }

    JobResult discard() throws JobFailure {
        MountedSecret.Version version = awaitPresent();
        return persist(
                () -> discard(version.others().operator(), version.present().text()));
    }

    /**
     * Does what a server's start does, statement by statement, and ends well when root and the application can log in.
     * A password that was changed by hand is set right.
     */
    JobResult ensure() throws JobFailure {
        MountedSecret.Version version = awaitPresent();
        return persist(() -> ensure(version));
    }

    private MountedSecret.Version awaitPresent() throws JobFailure {
        progress.say("Waiting for revision " + mark.revision() + " to be in force in the mounted Secret");
        return secret.awaitPresent(mark.revision(), patience);
    }

    private JobResult change(String operatorPassword, String next) throws SQLException, JobFailure {
        try (LoginServer.Session operator = operator(operatorPassword)) {
            give(operator, next);
        }
        SQLException denied = denied(ROOT, next);
        if (denied != null) {
            throw notOpened(ROOT, denied);
        }
        return result(JobOutcome.Changed, "The root accounts have the password of revision " + mark.revision() + ".");
    }

    private void give(LoginServer.Session operator, String next) throws SQLException, JobFailure {
        Abilities abilities = Abilities.of(operator);
        String marked = abilities.marks()
                ? operator.ask("SELECT " + mark.accountsMarkedSo()).get(0)
                : "0";
        if (marked.equals("2")) {
            progress.say("Both accounts are marked with revision " + mark.revision() + " already");
            return;
        }
        if (!operator.ask("SELECT " + RootAccounts.present()).get(0).equals("2")) {
            progress.say("One of the root accounts is missing: making it");
            for (String statement : RootAccounts.created(next)) {
                alter(operator, statement);
            }
            for (String statement : RootAccounts.granted()) {
                alter(operator, statement);
            }
        }
        String attribute = abilities.marks() ? mark.attribute() : "";
        // Retaining again would lose the one in force before, which may be retained. Before 8.0.21 no mark tells of it.
        boolean given = abilities.marks() ? !marked.equals("0") : denied(ROOT, next) == null;
        if (abilities.retains() && !given) {
            progress.say("Changing the password and retaining the one in force");
            try {
                operator.execute(RootAccounts.identifiedByRetaining(next) + attribute);
                return;
            } catch (SQLException e) {
                if (e.getErrorCode() != ServerError.NOTHING_TO_RETAIN) {
                    throw refusal(operator, e);
                }
            }
        }
        progress.say("Changing the password without retaining the one in force");
        alter(operator, RootAccounts.identifiedBy(next) + attribute);
    }

    private static void alter(LoginServer.Session operator, String statement) throws SQLException, JobFailure {
        try {
            operator.execute(statement);
        } catch (SQLException e) {
            throw refusal(operator, e);
        }
    }

    private static JobFailure refusal(LoginServer.Session operator, SQLException e) throws SQLException {
        ServerError error = new ServerError(e);
        if (error.isPassing()) {
            throw e;
        }
        return new JobFailure(
                PasswordRefused,
                "MySQL refuses the new password (" + error + "); the one before stays in force. "
                        + why(error, operator));
    }

    private static String why(ServerError error, LoginServer.Session operator) throws SQLException {
        return switch (error.number()) {
            case ServerError.POLICY ->
                "It doesn't satisfy the policy of MySQL's validate_password ("
                        + operator.ask(POLICY).get(0) + ")";
            case ServerError.HISTORY ->
                "It was in use before, and MySQL's password_history or password_reuse_interval doesn't allow that";
            default -> "MySQL's documentation tells what that error is";
        };
    }

    private JobResult discard(String operatorPassword, String password) throws SQLException, JobFailure {
        try (LoginServer.Session operator = operator(operatorPassword)) {
            Abilities abilities = Abilities.of(operator);
            if (abilities.retains()) {
                operator.execute(RootAccounts.discardOldPassword());
            }
            // It was itself the retained one, if somebody changed the accounts' own by hand and retained it.
            if (denied(ROOT, password) != null) {
                alter(operator, RootAccounts.identifiedBy(password) + (abilities.marks() ? mark.attribute() : ""));
                SQLException denied = denied(ROOT, password);
                if (denied != null) {
                    throw notOpened(ROOT, denied);
                }
            }
        }
        return result(
                JobOutcome.Discarded,
                "The root accounts have the password of revision " + mark.revision() + " and no other.");
    }

    private JobResult ensure(MountedSecret.Version version) throws SQLException, JobFailure {
        String root = version.present().text();
        String application = version.others().application();
        try (LoginServer.Session operator = operator(version.others().operator())) {
            SQLException refused = make(operator, version.others().accounts());
            if (refused == null && !opened(root, application)) {
                operator.execute("SET @again = 1");
                refused = make(operator, version.others().accounts());
            }
            SQLException denied = denied(ROOT, root);
            String account = ROOT;
            if (denied == null) {
                account = ApplicationAccount.USER;
                denied = denied(account, application);
            }
            if (denied == null) {
                return result(
                        JobOutcome.Ensured,
                        "root and the application can log in with the passwords of revision " + mark.revision() + ".");
            }
            if (refused == null) {
                throw notOpened(account, denied);
            }
            ServerError error = new ServerError(refused);
            throw new JobFailure(
                    PasswordRefused,
                    "MySQL refuses the password that " + account + " is to have (" + error
                            + "), so the database is not served. " + why(error, operator));
        }
    }

    /** Every statement is tried; the first error is the answer, or null. */
    private static @Nullable SQLException make(LoginServer.Session operator, String statements) throws SQLException {
        SQLException first = null;
        for (String statement : statements.split(";\n")) {
            try {
                operator.execute(statement);
            } catch (SQLException e) {
                if (new ServerError(e).isPassing()) {
                    throw e;
                }
                first = first == null ? e : first;
            }
        }
        return first;
    }

    private boolean opened(String root, String application) throws SQLException {
        return denied(ROOT, root) == null && denied(ApplicationAccount.USER, application) == null;
    }

    private static JobResult result(JobOutcome outcome, String message) {
        return JobResult.of(outcome, message, null);
    }

    /** Null where the account takes the password. */
    private @Nullable SQLException denied(String user, String password) throws SQLException {
        try {
            server.logIn(user, password).close();
            return null;
        } catch (SQLException e) {
            if (new ServerError(e).isAccessDenied()) {
                return e;
            }
            throw e;
        }
    }

    private LoginServer.Session operator(String password) throws SQLException, JobFailure {
        try {
            return server.logIn(OperatorAccount.USER, password);
        } catch (SQLException e) {
            if (new ServerError(e).isAccessDenied()) {
                throw new JobFailure(
                        AccessDenied,
                        "MySQL doesn't let the operator's account " + OperatorAccount.USER + " log in ("
                                + new ServerError(e)
                                + "): it was changed in MySQL by hand, or the server was started by an"
                                + " operator that had no such account.");
            }
            throw e;
        }
    }

    private static JobFailure notOpened(String account, SQLException denied) {
        return new JobFailure(
                AccountDenied,
                "MySQL doesn't let " + account + " log in with the password that it was given ("
                        + new ServerError(denied) + ")");
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
                throw new JobFailure(
                        AccessDenied, "MySQL doesn't let the operator's account do its work (" + error + ").");
            }
            if (patience.isOver() && error.isAnswer()) {
                throw new JobFailure(
                        SessionRefused,
                        "The server at " + server + " answers, and ends the sessions of its accounts (" + error + ")");
            }
            if (patience.isOver()) {
                throw new JobFailure(
                        Unreachable,
                        "The server at " + server + " could not be reached over TLS within " + patience + " (" + error
                                + ")");
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
        static Abilities of(LoginServer.Session operator) throws SQLException {
            List<String> answers = operator.ask(ABILITIES);
            return new Abilities(answers.get(0).equals("1"), answers.get(1).equals("1"));
        }
    }
}
