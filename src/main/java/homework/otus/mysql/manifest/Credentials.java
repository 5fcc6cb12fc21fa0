package homework.otus.mysql.manifest;

import homework.otus.mysql.api.MySQL;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Secret that the server mounts as files: its password, and what makes a start of mysqld take it.
 *
 * <p>The start script is here and not in the Deployment, so that a new operator may change it without restarting every
 * database.
 */
public final class Credentials {
    static final String PASSWORD = "password";
    static final String INIT_SQL = "init.sql";
    static final String MY_CNF = "my.cnf";
    static final String INITIALISE = "initialise.sh";

    /** Lets {@code mysql -p…} log in as root although the container's user is not called root. */
    private static final String CLIENT = "[client]\nuser=root\n";

    private Credentials() {}

    public static V1Secret of(MySQL mysql, String password) {
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
        Stream.of(
                        Map.entry(PASSWORD, password),
                        Map.entry(INIT_SQL, InitSql.of(mysql.getSpec().getDatabase(), password)),
                        Map.entry(MY_CNF, CLIENT),
                        Map.entry(INITIALISE, script("initialise.sh")))
                .forEach(file ->
                        secret.putDataItem(file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8)));
        return secret;
    }

    /** The password that the server has been given, or null where the Secret holds none. */
    public static @Nullable String password(V1Secret secret) {
        Map<String, byte[]> data = secret.getData();
        byte[] password = data == null ? null : data.get(PASSWORD);
        return password == null ? null : new String(password, StandardCharsets.UTF_8);
    }

    /** Whether every file of {@code desired} is in {@code actual}, unchanged. */
    public static boolean covers(V1Secret desired, V1Secret actual) {
        Map<String, byte[]> data = actual.getData();
        return data != null
                && desired.getData() != null
                && desired.getData().entrySet().stream()
                        .allMatch(file -> Arrays.equals(file.getValue(), data.get(file.getKey())));
    }

    private static String script(String name) {
        try (InputStream in = Credentials.class.getResourceAsStream("/scripts/" + name)) {
            if (in == null) {
                throw new IllegalStateException("The script " + name + " is missing from the operator's jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
