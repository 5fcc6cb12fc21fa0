package homework.otus.mysql.accounts;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.child.Component;
import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.Names;
import homework.otus.mysql.child.Owner;
import homework.otus.mysql.child.ServerPort;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.sql.ApplicationAccount;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Secret;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where an application finds its database, account and password: a Secret as the <a
 * href="https://servicebinding.io/spec/core/1.1.0/#provisioned-service">Service Binding</a> convention has it.
 */
public final class BindingSecret {
    private static final String PASSWORD = "password";

    private BindingSecret() {}

    public static V1Secret of(MySQL mysql, String password) {
        V1ObjectMeta owner = mysql.getMetadata();
        String host = Names.server(Objects.requireNonNull(owner.getName())) + "." + owner.getNamespace() + ".svc";
        String database = mysql.getSpec().getDatabase();
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("type", "mysql");
        entries.put("provider", Labels.OPERATOR);
        entries.put("host", host);
        entries.put("port", Integer.toString(ServerPort.NUMBER));
        entries.put("database", database);
        entries.put("username", ApplicationAccount.USER);
        entries.put(PASSWORD, password);
        // Neither a database's name nor a password of ours has a character that a URI escapes.
        entries.put(
                "uri",
                "mysql://" + ApplicationAccount.USER + ":" + password + "@" + host + ":" + ServerPort.NUMBER + "/"
                        + database);
        V1Secret secret = new V1Secret()
                .apiVersion("v1")
                .kind("Secret")
                .metadata(new V1ObjectMeta()
                        .namespace(owner.getNamespace())
                        .name(Names.binding(owner.getName()))
                        .labels(Labels.of(owner.getName(), Component.BINDING))
                        .addOwnerReferencesItem(Owner.of(mysql)))
                .type("servicebinding.io/mysql");
        entries.forEach((key, value) -> secret.putDataItem(key, value.getBytes(StandardCharsets.UTF_8)));
        return secret;
    }

    static @Nullable V1Secret found(Observed observed) {
        return observed.child(V1Secret.class, Names.binding(observed.name()));
    }

    /** The application's password, or null where the Secret holds none. */
    public static @Nullable String password(@Nullable V1Secret secret) {
        byte[] password = secret == null || secret.getData() == null
                ? null
                : secret.getData().get(PASSWORD);
        return password == null ? null : new String(password, StandardCharsets.UTF_8);
    }
}
