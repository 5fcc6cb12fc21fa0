package homework.otus.mysql.manifest;

/**
 * The statements that mysqld runs at every start, before it accepts a connection.
 *
 * <p>They make the password in the Secret the root accounts' password, whatever it was before, and so a restored
 * directory takes the new object's password without anybody logging in. An error in one is logged by mysqld and does
 * not stop it. See <a
 * href="https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_init_file">init_file</a>: a
 * statement a line.
 */
final class InitSql {
    private InitSql() {}

    static String of(String database, String password) {
        String identified = " IDENTIFIED BY " + string(password);
        return String.join(
                "\n",
                // An empty sql_mode makes the backslash an escape and the double quote a string, whatever the
                // configuration says.
                "SET SESSION sql_mode='';",
                "SET SESSION sql_log_bin=0;",
                "SET NAMES utf8mb4;",
                "CREATE USER IF NOT EXISTS 'root'@'localhost'" + identified + ";",
                "CREATE USER IF NOT EXISTS 'root'@'%'" + identified + ";",
                "GRANT ALL ON *.* TO 'root'@'localhost' WITH GRANT OPTION;",
                "GRANT ALL ON *.* TO 'root'@'%' WITH GRANT OPTION;",
                "ALTER USER 'root'@'localhost'" + identified + ", 'root'@'%'" + identified + ";",
                "CREATE DATABASE IF NOT EXISTS " + identifier(database) + ";",
                "");
    }

    private static String string(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private static String identifier(String value) {
        return "`" + value.replace("`", "``") + "`";
    }
}
