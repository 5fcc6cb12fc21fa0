package homework.otus.mysql.program.password;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is told of an error that MySQL or its driver reports: never its text, for that may quote a statement with a
 * password in it. The numbers are those of the <a
 * href="https://dev.mysql.com/doc/mysql-errors/9.7/en/server-error-reference.html">server error reference</a>.
 */
record ServerError(SQLException exception) {
    static final int POLICY = 1819;
    static final int HISTORY = 3638;

    /** The account has no password that could be kept beside another. */
    static final int NOTHING_TO_RETAIN = 3878;

    /**
     * Access denied: with a wrong password, and without any where the account wants one (1698); the account is locked
     * (3118), for failed logins too (3955); its password has expired (1820, 1862).
     */
    private static final Set<Integer> DENIED = Set.of(1045, 1698, 1820, 1862, 3118, 3955);

    /**
     * Too many connections (1040), the server is shutting down (1053), a lock was waited for too long (1205), a deadlock
     * (1213), a user with too many connections (1203, 1226), a statement that was killed (1317), offline mode (3032).
     */
    private static final Set<Integer> PASSING = Set.of(1040, 1053, 1203, 1205, 1213, 1226, 1317, 3032);

    boolean isAccessDenied() {
        return DENIED.contains(number());
    }

    /** Whether it may come right by itself: the connection failed, or the server is busy. */
    boolean isPassing() {
        @Nullable String state = exception.getSQLState();
        return PASSING.contains(number()) || (state != null && state.startsWith("08"));
    }

    /** It is MySQL that says so. */
    boolean isAnswer() {
        return number() != 0;
    }

    int number() {
        return exception.getErrorCode();
    }

    /** As in {@code error 1819, SQLSTATE HY000} or, where there was no answer, {@code Connection refused}. */
    @Override
    public String toString() {
        if (isAnswer()) {
            return "error " + number() + ", SQLSTATE " + exception.getSQLState();
        }
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return cause.toString();
            }
        }
        return "SQLSTATE " + exception.getSQLState();
    }
}
