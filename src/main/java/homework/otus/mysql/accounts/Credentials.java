package homework.otus.mysql.accounts;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.child.Component;
import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.Names;
import homework.otus.mysql.child.Owner;
import homework.otus.mysql.child.Script;
import homework.otus.mysql.program.password.SecretKeys;
import homework.otus.mysql.sql.ApplicationAccount;
import homework.otus.mysql.sql.OperatorAccount;
import homework.otus.mysql.sql.PasswordMark;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Secret that the server mounts as files: the passwords, and what makes a server take them.
 *
 * <p>The scripts are here and not in the Deployment, so that a new operator may change them without restarting every
 * database.
 */
public final class Credentials {
    public static final String INIT_SQL = "init.sql";
    static final String MY_CNF = "my.cnf";
    public static final String INITIALISE = "initialise.sh";
    /** What a new data directory gets: see {@link InitSql}. */
    static final String INITIAL_SQL = "initial.sql";

    static final String ACCOUNTS_SQL = SecretKeys.ACCOUNTS;
    public static final String ACCOUNTS = "accounts.sh";
    public static final String OPERATOR_CNF = "operator.cnf";
    static final String ROOT_CNF = "root.cnf";
    static final String APPLICATION_CNF = "app.cnf";
    static final String RESTORE_POLICY = "restore-policy";
    /** All that the server's Pod mounts. */
    public static final List<String> FILES = List.of(
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

    /** Lets {@code mysql -p…} log in as root although the container's user is not called root. */
    private static final String CLIENT = "[client]\nuser=root\n";

    private Credentials() {}

    /** The line of {@code initialise.sh} that says so where a server has served from the data volume. */
    private static final String NOT_SERVED = "served=no";

    private static final String SERVED = "served=yes";

    /** @param served a server has served from the data volume: an empty one is never initialised again */
    public static V1Secret of(MySQL mysql, Passwords passwords, boolean served) {
        V1ObjectMeta owner = mysql.getMetadata();
        V1Secret secret = new V1Secret()
                .apiVersion("v1")
                .kind("Secret")
                .metadata(new V1ObjectMeta()
                        .namespace(owner.getNamespace())
                        .name(Names.credentials(owner.getName()))
                        .labels(Labels.of(owner.getName(), Component.CREDENTIALS))
                        .addOwnerReferencesItem(Owner.of(mysql)))
                .type("Opaque");
        Map<String, String> files = new LinkedHashMap<>(passwords.files());
        InitSql sql = new InitSql(
                new PasswordMark(String.valueOf(owner.getUid()), passwords.revision()),
                new PasswordMark(passwords.identity(), 1),
                passwords,
                mysql.getSpec().getDatabase());
        files.put(INIT_SQL, sql.start());
        files.put(INITIAL_SQL, sql.initial());
        files.put(ACCOUNTS_SQL, sql.accounts());
        files.put(OPERATOR_CNF, OptionFile.of(OperatorAccount.USER, passwords.operator()));
        files.put(ROOT_CNF, OptionFile.of("root", passwords.root()));
        files.put(
                APPLICATION_CNF,
                OptionFile.of(ApplicationAccount.USER, passwords.application())
                        + OptionFile.entering(mysql.getSpec().getDatabase()));
        files.put(MY_CNF, CLIENT);
        // Only a start reads it: in the Deployment, another one would restart what runs.
        files.put(RESTORE_POLICY, mysql.getSpec().getRestorePolicy().name() + "\n");
        String script = Script.withRefusal(INITIALISE);
        files.put(INITIALISE, served ? script.replaceFirst("(?m)^" + NOT_SERVED + "$", SERVED) : script);
        files.put(ACCOUNTS, Script.read(ACCOUNTS));
        files.forEach((name, text) -> secret.putDataItem(name, text.getBytes(StandardCharsets.UTF_8)));
        return secret;
    }

    /** Whether a server's Pod could mount it: an operator of before wrote fewer files. */
    public static boolean serves(@Nullable V1Secret secret) {
        Map<String, byte[]> files = secret == null ? null : secret.getData();
        return files != null
                && files.containsKey(Passwords.IDENTITY)
                && files.keySet().containsAll(FILES);
    }

    /** Whether every file of {@code desired} is in {@code actual}, unchanged, and no leftovers of a finished change. */
    public static boolean covers(V1Secret desired, V1Secret actual) {
        Map<String, byte[]> wanted = desired.getData();
        Map<String, byte[]> found = actual.getData();
        return wanted != null
                && found != null
                && wanted.entrySet().stream().allMatch(file -> Arrays.equals(file.getValue(), found.get(file.getKey())))
                && Passwords.OF_CHANGES.stream()
                        .noneMatch(name -> found.containsKey(name) && !wanted.containsKey(name));
    }
}
