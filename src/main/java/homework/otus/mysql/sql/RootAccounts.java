package homework.otus.mysql.sql;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Statements about {@code root@localhost} and {@code root@'%'}, always about both in one: such a statement is done for
 * both or for none, also where the server is killed in the midst of it.
 */
public final class RootAccounts {
    static final List<String> HOSTS = List.of("localhost", "%");

    private RootAccounts() {}

    /** One of them, where it is missing. */
    public static List<String> created(String password) {
        return accounts()
                .map(account -> "CREATE USER IF NOT EXISTS " + account + " IDENTIFIED BY " + Quoted.string(password))
                .toList();
    }

    public static List<String> granted() {
        return accounts()
                .map(account -> "GRANT ALL ON *.* TO " + account + " WITH GRANT OPTION")
                .toList();
    }

    /** An expression: how many of the two there are. */
    public static String present() {
        return "(SELECT COUNT(*) FROM mysql.user WHERE user = 'root' AND host IN ('localhost', '%'))";
    }

    public static String unlocked() {
        return alter("") + " ACCOUNT UNLOCK";
    }

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

    private static String alter(String each) {
        return accounts().map(account -> account + each).collect(Collectors.joining(", ", "ALTER USER ", ""));
    }

    private static Stream<String> accounts() {
        return HOSTS.stream().map(host -> "'root'@'" + host + "'");
    }
}
