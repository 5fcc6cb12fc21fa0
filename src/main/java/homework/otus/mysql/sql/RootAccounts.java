package homework.otus.mysql.sql;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Statements about {@code root@localhost} and {@code root@'%'}, always about both in one: such a statement is done for
 * both or for none, also where the server is killed in the midst of it.
 */
public final class RootAccounts {
    private RootAccounts() {}

    /** A password that was retained before stays as it is. */
    public static String identifiedBy(String password) {
        return alter(" IDENTIFIED BY " + Quoted.string(password));
    }

    /** The password in force until now works as well, in place of what was retained before. MySQL 8.0.14 and later. */
    public static String identifiedByRetaining(String password) {
        return alter(" IDENTIFIED BY " + Quoted.string(password) + " RETAIN CURRENT PASSWORD");
    }

    /** Does no harm where none is retained. MySQL 8.0.14 and later. */
    public static String discardOldPassword() {
        return alter(" DISCARD OLD PASSWORD");
    }

    /** MySQL 8.0.21 and later. */
    public static String marked(PasswordMark mark) {
        return alter("") + mark.attribute();
    }

    private static String alter(String each) {
        return Stream.of("'root'@'localhost'", "'root'@'%'")
                .map(account -> account + each)
                .collect(Collectors.joining(", ", "ALTER USER ", ""));
    }
}
