package homework.otus.mysql.child;

import homework.otus.mysql.program.password.SecretKeys;
import java.util.List;

/** What the server's Pod mounts of the credentials Secret: a key of the Secret is the file's name. */
public final class CredentialFiles {
    /** mysqld's init file. */
    public static final String INIT_SQL = "init.sql";
    /** For the clients that are run in the Pod. */
    public static final String MY_CNF = "my.cnf";
    /** The script that runs before every start of the server. */
    public static final String INITIALISE = "initialise.sh";
    /** What a new data directory gets. */
    public static final String INITIAL_SQL = "initial.sql";
    /** The policy's name, and a line break. */
    public static final String RESTORE_POLICY = "restore-policy";
    /** The statements that make the accounts what they should be, a line each. */
    public static final String ACCOUNTS_SQL = SecretKeys.ACCOUNTS;
    /** The startup probe, which runs them. */
    public static final String ACCOUNTS = "accounts.sh";

    /** Option files to log in with. */
    public static final String OPERATOR_CNF = "operator.cnf";

    public static final String ROOT_CNF = "root.cnf";
    public static final String APPLICATION_CNF = "app.cnf";

    /** All of them, in the order in which the Pod has them. */
    public static final List<String> ALL = List.of(
            INIT_SQL,
            MY_CNF,
            INITIALISE,
            INITIAL_SQL,
            RESTORE_POLICY,
            ACCOUNTS_SQL,
            ACCOUNTS,
            OPERATOR_CNF,
            ROOT_CNF,
            APPLICATION_CNF);

    private CredentialFiles() {}
}
