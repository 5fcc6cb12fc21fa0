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

    public static String unlocked() {
        return "ALTER USER " + ACCOUNT + " ACCOUNT UNLOCK";
    }

    public static String granted(String database) {
        return "GRANT ALL ON " + Quoted.grantedDatabase(database) + ".* TO " + ACCOUNT;
    }

    /** An expression: 1 where the account has just this mark. */
    public static String markedSo(PasswordMark mark) {
        return mark.accounts(USER, List.of("%"), "=");
    }
}
