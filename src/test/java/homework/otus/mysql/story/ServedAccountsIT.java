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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;

/** A database that is Ready lets root and the application in, whatever rules MySQL has for passwords; and nobody else. */
@OnInstalledOperator
class ServedAccountsIT {
    private static final String STRONG = "Much-Stronger-1!";

    @RegisterExtension
    static final ThrowawayNamespace NAMESPACE = new ThrowawayNamespace();

    @Test
    @Execution(CONCURRENT)
    void restoredDataThatRefusesThePasswordIsNotServed() {
        Database strong =
                database("strict").withPassword(STRONG).create().awaitReady().insert("kept");
        strong.sql("INSTALL COMPONENT 'file://component_validate_password';"
                + " SET PERSIST validate_password.policy = 'STRONG'; SET PERSIST validate_password.length = 14");
        strong.delete().awaitGone();

        Database weak = strong.withPassword("weak").create();
        assertThat(weak.awaitReason("Ready", "PasswordRefused").message())
                .contains("1819", "validate_password.length=14", "spec.password")
                .doesNotContain("'weak");
        assertThat(weak.login().exitCode()).isNotZero();

        String other = "Another-Strong-2!";
        weak.patch("{\"spec\":{\"password\":\"" + other + "\"}}").awaitReady();
        assertThat(strong.withPassword(other).rows()).containsExactly("kept");
        assertThat(weak.login().errors()).contains("Access denied");
        assertThat(strong.login().errors()).contains("Access denied");
        assertApplicationWorks(weak);
    }

    @Test
    @Execution(CONCURRENT)
    void aServerThatLetsNobodyInSaysSo() {
        Database database = database("offline").create().awaitReady().insert("kept");
        database.sql("SET PERSIST offline_mode = ON");
        NAMESPACE.kubectl().run("delete", "pod", database.pod()).orFail();
        assertThat(database.awaitReason("Ready", "AccessDenied").message()).contains("3032", "offline_mode");
        database.sql("SET PERSIST offline_mode = OFF");
        assertThat(database.awaitReady().rows()).containsExactly("kept");
    }

    @Test
    @Execution(CONCURRENT)
    void aHistoryOfPasswordsLeavesNoAccountWithoutOne() {
        Database database = database("history")
                .with("config", Map.of("password_history", "5"))
                .create()
                .awaitReady()
                .insert("kept");
        assertThat(database.withPassword("").login().errors()).contains("Access denied");
        assertThat(database.sql("SELECT COUNT(*) FROM mysql.user WHERE authentication_string = ''"))
                .isEqualTo("0\n");
        assertApplicationWorks(database);

        restart(database);
        assertThat(database.rows()).containsExactly("kept");
        assertApplicationWorks(database);

        for (String password : new String[] {"second", "third"}) {
            database.patch("{\"spec\":{\"password\":\"" + password + "\"}}");
            await().atMost(Duration.ofSeconds(120))
                    .until(() -> database.withPassword(password).login().exitCode() == 0);
            database.awaitReason("PasswordSynced", "PasswordChanged");
        }
        database.patch("{\"spec\":{\"password\":\"second\"}}");
        assertThat(database.awaitReason("PasswordSynced", "PasswordRefused").message())
                .contains("password_history");
        assertThat(database.withPassword("third").rows()).containsExactly("kept");
        assertThat(database.condition("Ready").status()).isEqualTo("True");
    }

    @Test
    @Execution(CONCURRENT)
    void noProbeIsAFailedLogin() {
        Database database = database("probed").create().awaitReady();
        database.sql("INSTALL COMPONENT 'file://component_connection_control';"
                + " SET PERSIST component_connection_control.failed_connections_threshold = 1;"
                + " ALTER USER 'root'@'localhost', 'root'@'%' FAILED_LOGIN_ATTEMPTS 1 PASSWORD_LOCK_TIME UNBOUNDED");
        restart(database);
        int before = probes(database);
        await().atMost(Duration.ofSeconds(120)).until(() -> probes(database) >= before + 4);
        assertThat(database.sql("SELECT COALESCE(SUM(SUM_ERROR_RAISED), 0) FROM"
                        + " performance_schema.events_errors_summary_global_by_error WHERE ERROR_NAME LIKE"
                        + " '%ACCESS_DENIED%'"))
                .isEqualTo("0\n");
        assertThat(database.login().exitCode()).isZero();
    }

    @Test
    @Execution(CONCURRENT)
    void lostCredentialsAndAnotherPasswordAtOnce() {
        Database database = database("lost").create().awaitReady().insert("kept");
        database.patch("{\"spec\":{\"paused\":true}}").awaitReason("Ready", "Paused");
        kubectl().run("delete", "secret", "lost-credentials", "lost-binding").orFail();
        database.patch("{\"spec\":{\"password\":\"another\",\"paused\":false}}");
        Database another = database.withPassword("another");
        await().atMost(Duration.ofSeconds(120))
                .untilAsserted(
                        () -> assertThat(another.condition("Ready").reason()).isEqualTo("Serving"));
        // Ready is not said before it is true.
        assertThat(another.rows()).containsExactly("kept");
        assertApplicationWorks(another);
        assertThat(database.login().errors()).contains("Access denied");
    }

    private static int probes(Database database) {
        return Integer.parseInt(database.sql("SELECT COALESCE(SUM(TOTAL_CONNECTIONS), 0) FROM performance_schema.users"
                        + " WHERE USER = 'mysql-operator'")
                .trim());
    }

    private static void restart(Database database) {
        String pod = database.pod();
        kubectl()
                .run("annotate", "ms", database.name(), "--overwrite", "otus.homework/restartedAt=" + System.nanoTime())
                .orFail();
        kubectl().run("wait", "--for=delete", "pod/" + pod, "--timeout=120s").orFail();
        await().atMost(Duration.ofSeconds(120))
                .untilAsserted(() -> assertThat(database.read(
                                "pods --selector=app=" + database.name(),
                                "{.items[0].status.containerStatuses[0].ready}"))
                        .isEqualTo("true"));
        database.awaitReady();
    }

    private static void assertApplicationWorks(Database database) {
        String encoded = database.read("secret/" + database.name() + "-binding", "{.data.password}");
        String password = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        assertThat(kubectl()
                        .run(
                                "exec",
                                "deployment/" + database.name(),
                                "--container=mysql",
                                "--",
                                "mysql",
                                "--batch",
                                "--skip-column-names",
                                "--host=127.0.0.1",
                                "--user=app",
                                "--password=" + password,
                                "--execute=SELECT CURRENT_USER()")
                        .orFail())
                .isEqualTo("app@%\n");
    }

    private static Database database(String name) {
        return Database.in(kubectl(), name);
    }

    private static Kubectl kubectl() {
        return NAMESPACE.kubectl();
    }
}
