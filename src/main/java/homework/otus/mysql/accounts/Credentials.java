package homework.otus.mysql.accounts;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.child.Component;
import homework.otus.mysql.child.CredentialFiles;
import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.Names;
import homework.otus.mysql.child.Owner;
import homework.otus.mysql.child.Script;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.sql.ApplicationAccount;
import homework.otus.mysql.sql.OperatorAccount;
import homework.otus.mysql.sql.PasswordMark;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Secret that the server mounts as files: the passwords, and what makes a server take them.
 *
 * <p>The scripts are here and not in the Deployment, so that a new operator may change them without restarting every
 * database.
 */
public final class Credentials {
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
        files.put(CredentialFiles.INIT_SQL, sql.start());
        files.put(CredentialFiles.INITIAL_SQL, sql.initial());
        files.put(CredentialFiles.ACCOUNTS_SQL, sql.accounts());
        files.put(CredentialFiles.OPERATOR_CNF, OptionFile.of(OperatorAccount.USER, passwords.operator()));
        files.put(CredentialFiles.ROOT_CNF, OptionFile.of("root", passwords.root()));
        files.put(
                CredentialFiles.APPLICATION_CNF,
                OptionFile.of(ApplicationAccount.USER, passwords.application())
                        + OptionFile.entering(mysql.getSpec().getDatabase()));
        files.put(CredentialFiles.MY_CNF, CLIENT);
        // Only a start reads it: in the Deployment, another one would restart what runs.
        files.put(
                CredentialFiles.RESTORE_POLICY,
                mysql.getSpec().getRestorePolicy().name() + "\n");
        String script = Script.withRefusal(CredentialFiles.INITIALISE);
        files.put(
                CredentialFiles.INITIALISE, served ? script.replaceFirst("(?m)^" + NOT_SERVED + "$", SERVED) : script);
        files.put(CredentialFiles.ACCOUNTS, Script.read(CredentialFiles.ACCOUNTS));
        files.forEach((name, text) -> secret.putDataItem(name, text.getBytes(StandardCharsets.UTF_8)));
        return secret;
    }

    static @Nullable V1Secret found(Observed observed) {
        return observed.child(V1Secret.class, Names.credentials(observed.name()));
    }

    /** Whether a server's Pod could mount it: an operator of before wrote fewer files. */
    public static boolean serves(@Nullable V1Secret secret) {
        Map<String, byte[]> files = secret == null ? null : secret.getData();
        return files != null
                && files.containsKey(Passwords.IDENTITY)
                && files.keySet().containsAll(CredentialFiles.ALL);
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
