package homework.otus.mysql.accounts;

import homework.otus.mysql.sql.ApplicationAccount;
import homework.otus.mysql.sql.OperatorAccount;
import homework.otus.mysql.sql.PasswordMark;
import homework.otus.mysql.sql.Quoted;
import homework.otus.mysql.sql.RootAccounts;
import java.util.ArrayList;
import java.util.List;

/**
 * The statements that make MySQL's accounts what they should be, at three moments: a statement a line, as mysqld's <a
 * href="https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_init_file">init_file</a> wants it.
 *
 * <p>What a server may not understand is in a <a href="https://dev.mysql.com/doc/refman/8.4/en/comments.html">comment
 * with a version</a>.
 *
 * @param root what root's password is marked with
 * @param application what the application's password is marked with
 */
public record InitSql(PasswordMark root, PasswordMark application, Passwords passwords, String database) {
    /**
     * An empty sql_mode makes the backslash an escape and the double quote a string, whatever the configuration says. The
     * general log would have the passwords as they are.
     */
    private static final List<String> SESSION =
            List.of("SET SESSION sql_mode='', sql_log_bin=0, sql_log_off=1", "SET NAMES utf8mb4");

    /**
     * Somebody may have persisted super_read_only, which refuses changes of accounts even to the init file. It is on again
     * when the accounts are made.
     */
    private static final String WRITABLE =
            "SET @super_read_only = 0 /*!50708 + @@GLOBAL.super_read_only," + " GLOBAL super_read_only = OFF */";

    private static final String AS_BEFORE = "SET @done = 0 /*!50708 , GLOBAL super_read_only = @super_read_only */";

    /**
     * For every start of mysqld, before it accepts a connection: the operator's account alone. The first error ends such a
     * file without anybody hearing of it, so all that a policy could refuse is left to {@link #accounts}.
     */
    public String start() {
        List<String> statements = new ArrayList<>(SESSION);
        statements.add(WRITABLE);
        statements.addAll(OperatorAccount.made(passwords.operator()));
        statements.add(AS_BEFORE);
        return lines(statements);
    }

    /**
     * For a new data directory, which knows no policy: every account has its password before the directory is published,
     * and an error ends the initialisation.
     */
    public String initial() {
        List<String> statements = new ArrayList<>(SESSION);
        statements.addAll(OperatorAccount.made(passwords.operator()));
        statements.addAll(RootAccounts.created(passwords.root()));
        statements.add(RootAccounts.identifiedBy(passwords.root()) + root.attributeWhereKnown());
        statements.addAll(RootAccounts.granted());
        statements.add(ApplicationAccount.created(passwords.application()));
        statements.add(ApplicationAccount.identifiedBy(passwords.application(), application));
        statements.add(ApplicationAccount.granted(database));
        return lines(statements);
    }

    /**
     * For a server that runs, in a session of the operator's account; each may fail, and the others are done all the same.
     *
     * <p>Accounts with the right mark are left alone, for a password that is set again may be refused, unless the session
     * says by {@code SET @again = 1} that a login has shown them to be wrong. The kubelet brings a changed Secret up to a
     * minute late, so this may be of before the last change of the password: accounts that are marked with a later one
     * keep theirs, and {@code @later} counts them.
     */
    public String accounts() {
        List<String> statements = new ArrayList<>(SESSION);
        statements.add(WRITABLE);
        statements.add("SET @later = 0 /*!80021 + " + root.accountsMarkedHigher() + " */");
        statements.add("SELECT CONCAT('later ', @later)");
        statements.add("SET @root = @later = 0 AND (@again IS NOT NULL OR 0 /*!80021 + " + root.accountsMarkedSo()
                + " */ < 2)");
        // A password that a policy refuses is refused by CREATE USER IF NOT EXISTS, too, where the account is there.
        statements.add("SET @missing = @later = 0 AND " + RootAccounts.present() + " < 2");
        for (String created : RootAccounts.created(passwords.root())) {
            statements.addAll(onlyIf("@missing", created));
        }
        // In one statement with its mark.
        statements.addAll(onlyIf("@root", RootAccounts.identifiedBy(passwords.root()) + root.attributeWhereKnown()));
        // A backup taken in the midst of a change holds an old password.
        statements.addAll(onlyIf("0 /*!80014 + @root */", RootAccounts.discardOldPassword()));
        statements.addAll(onlyIf("@root AND @again IS NOT NULL", RootAccounts.unlocked()));
        for (String granted : RootAccounts.granted()) {
            statements.addAll(onlyIf("@root", granted));
        }
        statements.add("SET @missing = (SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = "
                + Quoted.string(database) + ") = 0");
        statements.addAll(onlyIf("@missing", "CREATE DATABASE IF NOT EXISTS " + Quoted.identifier(database)));
        statements.add("SET @app = @again IS NOT NULL OR 0 /*!80021 + " + ApplicationAccount.markedSo(application)
                + " */ = 0");
        statements.add("SET @missing = " + ApplicationAccount.present() + " = 0");
        statements.addAll(onlyIf("@missing", ApplicationAccount.created(passwords.application())));
        statements.addAll(onlyIf("@app", ApplicationAccount.identifiedBy(passwords.application(), application)));
        statements.addAll(onlyIf("@app AND @again IS NOT NULL", ApplicationAccount.unlocked()));
        statements.addAll(prepared("IF(@app OR " + ApplicationAccount.grants(database) + " = 0, "
                + ApplicationAccount.granting(database) + ", 'DO 0')"));
        statements.add(AS_BEFORE);
        return lines(statements);
    }

    /** Outside of stored programs SQL has no IF: either this statement or one that does nothing is prepared. */
    private static List<String> onlyIf(String condition, String statement) {
        return prepared("IF(" + condition + ", " + Quoted.string(statement) + ", 'DO 0')");
    }

    private static List<String> prepared(String expression) {
        return List.of("SET @statement = " + expression, "PREPARE statement FROM @statement", "EXECUTE statement");
    }

    private static String lines(List<String> statements) {
        return String.join(";\n", statements) + ";\n";
    }
}
