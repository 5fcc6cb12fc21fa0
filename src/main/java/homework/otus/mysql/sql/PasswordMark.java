package homework.otus.mysql.sql;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Which password an account has, noted at the account itself as a user attribute, so that it is changed in
 * one statement with the password and goes with the data directory into archives and out of them. MySQL 8.0.21 and later
 * have user attributes.
 *
 * @param life the MySQL object's uid for root, the credentials' identity for the application's account: revisions of
 *     different ones can't be compared
 * @param revision grows with every change of the password, from 1
 */
public record PasswordMark(String life, long revision) {
    private static final String KEY = "otus.homework/mysql";

    public PasswordMark {
        if (!life.matches("[A-Za-z0-9._-]+") || revision < 1) {
            throw new IllegalArgumentException("No mark of a password: life " + life + ", revision " + revision);
        }
    }

    /** What ends an {@code ALTER USER}. It leaves other attributes of the accounts as they are. */
    public String attribute() {
        return " ATTRIBUTE "
                + Quoted.string("{\"" + KEY + "\": {\"life\": \"" + life + "\", \"revision\": " + revision + "}}");
    }

    /** The same where the server knows user attributes, and nothing elsewhere. */
    public String attributeWhereKnown() {
        return " /*!80021" + attribute() + " */";
    }

    /** An expression: how many of the two root accounts are marked with just this life and revision. */
    public String accountsMarkedSo() {
        return accounts("root", RootAccounts.HOSTS, "=");
    }

    /** An expression: how many of the two root accounts are marked with this life and a higher revision. */
    public String accountsMarkedHigher() {
        return accounts("root", RootAccounts.HOSTS, ">");
    }

    String accounts(String user, List<String> hosts, String compared) {
        return "(SELECT COUNT(*) FROM information_schema.USER_ATTRIBUTES"
                + " WHERE USER = " + Quoted.string(user) + " AND HOST IN ("
                + hosts.stream().map(Quoted::string).collect(Collectors.joining(", ")) + ")"
                + " AND JSON_VALUE(ATTRIBUTE, '$.\"" + KEY + "\".life') = " + Quoted.string(life)
                + " AND JSON_VALUE(ATTRIBUTE, '$.\"" + KEY + "\".revision' RETURNING UNSIGNED) " + compared + " "
                + revision + ")";
    }
}
