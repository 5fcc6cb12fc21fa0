package homework.otus.mysql.sql;

import java.util.List;

/**
 * The operator's own account, by which it can always log in, whatever people did to root. Each start of mysqld makes it,
 * so it is kept from every policy that could refuse its password, let it expire or lock it.
 */
public final class OperatorAccount {
    public static final String USER = "mysql-operator";

    private static final String ACCOUNT = "'" + USER + "'@'%'";
    /** A server without what is in a comment with a version has no such policy either. */
    static final String FREE_OF_POLICIES =
            " PASSWORD EXPIRE NEVER" + " /*!80003 PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY */";

    private OperatorAccount() {}

    public static List<String> made(String password) {
        String identified = ACCOUNT + " IDENTIFIED BY " + Quoted.string(password);
        return List.of(
                "CREATE USER IF NOT EXISTS " + identified,
                "ALTER USER " + identified + " REQUIRE NONE" + FREE_OF_POLICIES
                        + " /*!80013 PASSWORD REQUIRE CURRENT OPTIONAL */"
                        + " /*!80019 FAILED_LOGIN_ATTEMPTS 0 PASSWORD_LOCK_TIME 0 */ ACCOUNT UNLOCK",
                "GRANT ALL ON *.* TO " + ACCOUNT + " WITH GRANT OPTION");
    }
}
