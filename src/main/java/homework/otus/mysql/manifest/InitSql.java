package homework.otus.mysql.manifest;

import homework.otus.mysql.sql.PasswordMark;
import homework.otus.mysql.sql.Quoted;
import homework.otus.mysql.sql.RootAccounts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statements that mysqld runs at every start, before it accepts a connection.
 *
 * <p>They make the password in the Secret the root accounts' password, whatever it was before, and so a restored
 * directory takes the new object's password without anybody logging in. But the kubelet brings a changed Secret up to a
 * minute late, so a server may start with the file of before the last change of the password: accounts that are marked
 * with a later one keep theirs.
 *
 * <p>The first error ends the file: mysqld logs it, leaves out the statements that follow, and serves. So what a server
 * may not understand is in a <a href="https://dev.mysql.com/doc/refman/8.4/en/comments.html">comment with a version</a>.
 * See also <a
 * href="https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_init_file">init_file</a>: a
 * statement a line.
 */
public final class InitSql {
    private InitSql() {}

    /**
     * @param mark what the password is marked with
     * @param applicationPassword of the account {@code app}, which may do everything in the database and nothing
     *     elsewhere; null for no such account
     */
    public record Contents(
            PasswordMark mark,
            String database,
            String password,
            @Nullable String applicationPassword) {}

    public static String of(Contents contents) {
        String identified = " IDENTIFIED BY " + Quoted.string(contents.password());
        List<String> statements = new ArrayList<>();
        // An empty sql_mode makes the backslash an escape and the double quote a string, whatever the configuration
        // says. The general log would have the passwords below as they are.
        statements.add("SET SESSION sql_mode='', sql_log_bin=0, sql_log_off=1");
        statements.add("SET NAMES utf8mb4");
        statements.add("CREATE DATABASE IF NOT EXISTS " + Quoted.identifier(contents.database()));
        statements.add("CREATE USER IF NOT EXISTS 'root'@'localhost'" + identified);
        statements.add("CREATE USER IF NOT EXISTS 'root'@'%'" + identified);
        statements.add("GRANT ALL ON *.* TO 'root'@'localhost' WITH GRANT OPTION");
        statements.add("GRANT ALL ON *.* TO 'root'@'%' WITH GRANT OPTION");
        statements.add("SET @later = 0 /*!80021 + " + contents.mark().accountsMarkedHigher() + " */");
        statements.addAll(onlyIf("@later = 0", RootAccounts.identifiedBy(contents.password())));
        // A backup taken in the midst of a change holds an old password.
        statements.addAll(onlyIf("0 /*!80014 + (@later = 0) */", RootAccounts.discardOldPassword()));
        statements.addAll(onlyIf("0 /*!80021 + (@later = 0) */", RootAccounts.marked(contents.mark())));
        if (contents.applicationPassword() != null) {
            String application = "'app'@'%' IDENTIFIED BY " + Quoted.string(contents.applicationPassword());
            statements.add("CREATE USER IF NOT EXISTS " + application);
            statements.add("ALTER USER " + application);
            statements.add("GRANT ALL ON " + Quoted.grantedDatabase(contents.database()) + ".* TO 'app'@'%'");
        }
        return String.join(";\n", statements) + ";\n";
    }

    /** Outside of stored programs SQL has no IF: either this statement or one that does nothing is prepared. */
    private static List<String> onlyIf(String condition, String statement) {
        return List.of(
                "SET @statement = IF(" + condition + ", " + Quoted.string(statement) + ", 'DO 0')",
                "PREPARE statement FROM @statement",
                "EXECUTE statement");
    }
}
