package homework.otus.mysql.accounts;

/**
 * An <a href="https://dev.mysql.com/doc/refman/8.4/en/option-files.html">option file</a> of MySQL's clients with an
 * account and its password, which so is in no argument and no environment.
 */
final class OptionFile {
    private OptionFile() {}

    static String of(String user, String password) {
        // Without TLS a password that the server hasn't cached goes encrypted by the server's key.
        return "[client]\nuser=" + user + "\npassword=" + quoted(password) + "\nloose-get-server-public-key\n";
    }

    /** {@code mysql} enters this database as it logs in. */
    static String entering(String database) {
        return "[mysql]\ndatabase=" + quoted(database) + "\n";
    }

    /** Within quotes, # begins no comment and spaces stay. */
    private static String quoted(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
