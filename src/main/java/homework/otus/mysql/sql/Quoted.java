package homework.otus.mysql.sql;

/**
 * Values as they are written in a statement. For sessions with an empty {@code sql_mode}, which makes the backslash an
 * escape whatever the server's configuration says, and with {@code utf8mb4}.
 */
public final class Quoted {
    private Quoted() {}

    public static String string(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    public static String identifier(String value) {
        return "`" + value.replace("`", "``") + "`";
    }

    /**
     * A database's name in a GRANT, where {@code _} and {@code %} stand for other characters unless they are escaped.
     * See <a href="https://dev.mysql.com/doc/refman/8.4/en/grant.html#grant-quoting">Object Quoting Guidelines</a>.
     */
    public static String grantedDatabase(String name) {
        return identifier(pattern(name));
    }

    /** A name that stands for itself alone where {@code _} and {@code %} stand for other characters. */
    static String pattern(String name) {
        return name.replace("\\", "\\\\").replace("_", "\\_").replace("%", "\\%");
    }
}
