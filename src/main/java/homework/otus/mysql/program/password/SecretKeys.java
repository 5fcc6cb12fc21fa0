package homework.otus.mysql.program.password;

/** The keys of the credentials Secret that a password Job reads, as files. */
public final class SecretKeys {
    /** Root's, in force. */
    public static final String PASSWORD = "password";

    public static final String REVISION = "revision";

    /** While root's is being changed: the one that it is changed to. */
    public static final String NEXT_PASSWORD = "next-password";

    public static final String NEXT_REVISION = "next-revision";

    /** Of the operator's account. */
    public static final String OPERATOR_PASSWORD = "operator-password";

    /** Of the application's account. */
    public static final String APPLICATION_PASSWORD = "application-password";

    /** The statements that make the accounts what they should be, a line each. */
    public static final String ACCOUNTS = "accounts.sql";

    private SecretKeys() {}
}
