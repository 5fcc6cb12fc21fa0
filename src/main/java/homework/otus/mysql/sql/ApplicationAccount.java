package homework.otus.mysql.sql;

import java.util.List;

/**
 * The account for applications: it has all rights on its database, and none elsewhere. Its password is made up by the
 * operator, so no policy about people's passwords is to make it expire.
 */
public final class ApplicationAccount {
    public static final String USER = "app";

    private static final String ACCOUNT = "'" + USER + "'@'%'";

    private ApplicationAccount() {}

    public static String created(String password) {
        return "CREATE USER IF NOT EXISTS " + ACCOUNT + " IDENTIFIED BY " + Quoted.string(password);
    }

    public static String identifiedBy(String password, PasswordMark mark) {
        return "ALTER USER " + ACCOUNT + " IDENTIFIED BY " + Quoted.string(password) + OperatorAccount.FREE_OF_POLICIES
                + mark.attributeWhereKnown();
    }

    /** An expression: how many there are, 1 or 0. */
    public static String present() {
        return "(SELECT COUNT(*) FROM mysql.user WHERE user = " + Quoted.string(USER) + " AND host = '%')";
    }

    public static String unlocked() {
        return "ALTER USER " + ACCOUNT + " ACCOUNT UNLOCK";
    }

    /** In a server without partial_revokes, as one that initialises is. */
    public static String granted(String database) {
        return rightsOn(Quoted.grantedDatabase(database));
    }

    /**
     * What grants it its rights; a string expression, for {@code PREPARE}. With <a
     * href="https://dev.mysql.com/doc/refman/8.4/en/partial-revokes.html">partial_revokes</a> a database's name stands for
     * itself in a grant, otherwise its {@code _} stands for any character unless it is escaped.
     */
    public static String granting(String database) {
        return literally(
                Quoted.string(rightsOn(Quoted.identifier(database))),
                Quoted.string(rightsOn(Quoted.grantedDatabase(database))));
    }

    /** An expression: how many grants of its database it has, 1 or 0. */
    public static String grants(String database) {
        // Names are in lower case where lower_case_table_names says so.
        return "(SELECT COUNT(*) FROM mysql.db WHERE user = " + Quoted.string(USER)
                + " AND host = '%' AND LOWER(db) = LOWER("
                + literally(Quoted.string(database), Quoted.string(Quoted.pattern(database))) + "))";
    }

    private static String rightsOn(String database) {
        return "GRANT ALL ON " + database + ".* TO " + ACCOUNT;
    }

    private static String literally(String literal, String pattern) {
        return "IF(0 /*!80016 + @@partial_revokes */, " + literal + ", " + pattern + ")";
    }

    /** An expression: 1 where the account has just this mark. */
    public static String markedSo(PasswordMark mark) {
        return mark.accounts(USER, List.of("%"), "=");
    }
}
