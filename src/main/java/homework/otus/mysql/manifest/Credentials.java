package homework.otus.mysql.manifest;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.sql.PasswordMark;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The Secret that the server mounts as files: its password, and what makes a start of mysqld take it.
 *
 * <p>The start script is here and not in the Deployment, so that a new operator may change it without restarting every
 * database.
 */
public final class Credentials {
    static final String INIT_SQL = "init.sql";
    static final String MY_CNF = "my.cnf";
    static final String INITIALISE = "initialise.sh";
    static final String RESTORE_POLICY = "restore-policy";

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
        files.put(
                INIT_SQL,
                InitSql.of(new InitSql.Contents(
                        new PasswordMark(String.valueOf(owner.getUid()), passwords.revision()),
                        mysql.getSpec().getDatabase(),
                        passwords.root(),
                        passwords.application())));
        files.put(MY_CNF, CLIENT);
        // Only a start reads it: in the Deployment, another one would restart what runs.
        files.put(RESTORE_POLICY, mysql.getSpec().getRestorePolicy().name() + "\n");
        String script = Script.withRefusal(INITIALISE);
        files.put(INITIALISE, served ? script.replaceFirst("(?m)^" + NOT_SERVED + "$", SERVED) : script);
        files.forEach((name, text) -> secret.putDataItem(name, text.getBytes(StandardCharsets.UTF_8)));
        return secret;
    }

    /** Whether every file of {@code desired} is in {@code actual}, unchanged, and no word of a change that is over. */
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
