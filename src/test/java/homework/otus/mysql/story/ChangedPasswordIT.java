package homework.otus.mysql.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.Kubectl;
import homework.otus.mysql.testing.OnInstalledOperator;
import homework.otus.mysql.testing.ThrowawayNamespace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;

/** A password is changed by editing the object or its Secret, while people work. */
@OnInstalledOperator
class ChangedPasswordIT {
    @RegisterExtension
    static final ThrowawayNamespace NAMESPACE = new ThrowawayNamespace();

    @Test
    @Execution(CONCURRENT)
    void nobodyIsCutOffAndTheOldOneIsRefused() {
        Database before = database("changed").create().awaitReady().insert("kept");
        String pod = before.pod();
        CompletableFuture<String> connection = CompletableFuture.supplyAsync(() -> before.sql(
                "SELECT SLEEP(20); INSERT INTO test VALUES ('by a connection of before'); SELECT CONNECTION_ID() > 0"));

        before.patch("{\"spec\":{\"password\":\"newpass\"}}").awaitReason("PasswordSynced", "PasswordChanged");
        assertThat(before.message()).isEqualTo("mysql password changed!");
        assertThat(kubectl().run("get", "ms", "changed").orFail()).contains("mysql password changed!");
        assertThat(kubectl().run("get", "job", "change-pass-changed-job").orFail())
                .contains("1/1");

        Database after = before.withPassword("newpass");
        assertThat(after.login().exitCode()).isZero();
        assertThat(before.login().errors()).contains("Access denied");
        assertThat(connection.join()).contains("1");
        assertThat(after.rows()).containsExactly("by a connection of before", "kept");
        assertThat(after.pod()).isEqualTo(pod);

        // The mounted Secret may still be the old one when the server starts again.
        kubectl()
                .run("exec", pod, "--", "sh", "-c", "kill $(cat /var/run/mysqld/mysqld.pid)")
                .orFail();
        await().atMost(Duration.ofSeconds(120))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(after.read("pod/" + pod, "{.status.containerStatuses[0].restartCount}"))
                        .isEqualTo("1"));
        after.awaitReady();
        await().atMost(Duration.ofSeconds(60)).until(() -> after.login().exitCode() == 0);
        assertThat(before.login().errors()).contains("Access denied");

        after.delete().awaitGone();
        assertThat(after.create().awaitReady().rows()).containsExactly("by a connection of before", "kept");
    }

    @Test
    @Execution(CONCURRENT)
    void somebodyChangedItByHand() {
        Database database = database("by-hand").create().awaitReady().insert("kept");
        database.sql("ALTER USER 'root'@'localhost' IDENTIFIED BY 'mine', 'root'@'%' IDENTIFIED BY 'mine'");
        database.patch("{\"spec\":{\"password\":\"newpass\"}}").awaitReason("PasswordSynced", "PasswordChanged");
        assertThat(database.withPassword("mine").login().errors()).contains("Access denied");
        Database after = database.withPassword("newpass");
        assertThat(after.rows()).containsExactly("kept");

        after.sql("ALTER USER 'root'@'localhost' IDENTIFIED BY 'mine', 'root'@'%' IDENTIFIED BY 'mine'");
        after.delete().awaitGone();
        assertThat(after.create().awaitReady().rows()).containsExactly("kept");
    }

    @Test
    @Execution(CONCURRENT)
    void itIsInASecret() {
        Database database =
                database("secret").withSecret("its-password", "word").create();
        assertThat(database.awaitReason("Ready", "SecretNotFound").message()).contains("its-password");
        kubectl()
                .run("create", "secret", "generic", "its-password", "--from-literal=other=anybody's")
                .orFail();
        // Nothing wakes it: it is no Secret of a MySQL's, as far as anybody said.
        touch(database);
        String command = "kubectl label secret its-password otus.homework/mysql-password=true";
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(database.condition("Ready").message()).endsWith(": " + command));
        assertThat(database.read("secret/secret-credentials", "{.metadata.name}"))
                .isEmpty();

        put("its-password", "other", "first");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(database.condition("Ready").message()).contains("has no key word"));
        put("its-password", "word", "with a line break\n");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(database.condition("Ready").message()).contains("line break"));
        put("its-password", "word", "first");
        database.awaitReady();
        assertThat(database.withPassword("first").insert("kept").rows()).containsExactly("kept");

        put("its-password", "word", "second");
        database.awaitReason("PasswordSynced", "PasswordChanged");
        assertThat(database.withPassword("second").rows()).containsExactly("kept");
        assertThat(database.withPassword("first").login().errors()).contains("Access denied");

        kubectl()
                .run("label", "secret", "its-password", "otus.homework/mysql-password-")
                .orFail();
        assertThat(database.awaitReason("PasswordSynced", "SecretNotFound").message())
                .contains(command);
        assertThat(database.condition("Ready").status()).isEqualTo("True");
        assertThat(database.withPassword("second").rows()).containsExactly("kept");
        kubectl().run(command.substring("kubectl ".length()).split(" ")).orFail();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !database.condition("PasswordSynced").reason().equals("SecretNotFound"));

        kubectl().run("delete", "secret", "its-password").orFail();
        database.awaitReason("PasswordSynced", "SecretNotFound");
        assertThat(database.condition("Ready").status()).isEqualTo("True");
        database.delete().awaitGone();
    }

    @Test
    @Execution(CONCURRENT)
    void anApplicationNeedsNoRoot() {
        Database database = database("bound").create().awaitReady().insert("kept");
        assertThat(database.read("ms/bound", "{.status.binding.name}")).isEqualTo("bound-binding");
        assertThat(database.read("secret/bound-binding", "{.type}")).isEqualTo("servicebinding.io/mysql");
        assertThat(entry(database, "type")).isEqualTo("mysql");
        assertThat(entry(database, "host")).isEqualTo("bound." + NAMESPACE.name() + ".svc");
        assertThat(entry(database, "uri"))
                .isEqualTo("mysql://app:" + entry(database, "password") + "@" + entry(database, "host")
                        + ":3306/otus-database");
        String client = "mysql --batch --skip-column-names --host=bound --user=" + entry(database, "username")
                + " --password=" + entry(database, "password") + " ";
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(
                                shell(client + "-e 'SELECT name FROM test' " + entry(database, "database"))
                                        .output())
                        .contains("kept"));
        assertThat(shell(client + "-e 'CREATE TABLE more (id INT); SHOW DATABASES' otus-database")
                        .output())
                .doesNotContain("sys");
        assertThat(shell(client + "-e 'SELECT * FROM mysql.user'").errors()).contains("denied");
    }

    private static String entry(Database database, String key) {
        String value = database.read("secret/bound-binding", "{.data." + key + "}");
        return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    }

    private static Kubectl.Outcome shell(String command) {
        return kubectl().runWithInput(command + "\n", "exec", "--stdin", "deployment/bound", "--", "sh");
    }

    private static void touch(Database database) {
        kubectl()
                .run("annotate", "ms", database.name(), "--overwrite", "touched=" + System.nanoTime())
                .orFail();
    }

    private static void put(String secret, String key, String value) {
        kubectl()
                .runWithInput(
                        "{\"apiVersion\": \"v1\", \"kind\": \"Secret\", \"metadata\": {\"name\": \"" + secret
                                + "\", \"labels\": {\"otus.homework/mysql-password\": \"true\"}}, \"data\": {\"" + key
                                + "\": \""
                                + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)) + "\"}}",
                        "apply",
                        "-f",
                        "-")
                .orFail();
    }

    private static Database database(String name) {
        return Database.in(kubectl(), name);
    }

    private static Kubectl kubectl() {
        return NAMESPACE.kubectl();
    }
}
