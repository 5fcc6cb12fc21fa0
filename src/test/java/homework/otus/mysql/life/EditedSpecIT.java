package homework.otus.mysql.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.Sandbox;
import homework.otus.mysql.testing.Sandbox.Kind;
import homework.otus.mysql.testing.Succession;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** An edited spec is applied by operators each of which is killed right after its first write. */
class EditedSpecIT {
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aPasswordChangesWhateverBecomesOfTheOperator() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.create("edited-password");
                Succession operators = Succession.dyingAfterEveryWrite(sandbox.namespace())) {
            Database database = serving(sandbox);
            String pod = database.pod();
            database.patch("{\"spec\":{\"password\":\"second\"}}");
            database.patch("{\"spec\":{\"password\":\"third\"}}");
            assertThat(database.awaitReason("PasswordSynced", "PasswordChanged").status())
                    .isEqualTo("True");
            Database changed = database.withPassword("third");
            await().atMost(Duration.ofMinutes(3))
                    .untilAsserted(() -> assertThat(passwordInForce(sandbox)).isEqualTo("third"));
            assertThat(database.awaitReason("PasswordSynced", "PasswordChanged").status())
                    .isEqualTo("True");
            assertThat(changed.rows()).containsExactly("a row");
            assertThat(changed.pod()).isEqualTo(pod);
            for (String old : new String[] {database.password(), "second"}) {
                assertThat(sandbox.kubectl()
                                .run("exec", "deployment/db", "--", "mysql", "-p" + old, "--execute=SELECT 1")
                                .exitCode())
                        .isNotZero();
            }
            // Back to the first, which was forgotten, too.
            database.patch("{\"spec\":{\"password\":\"otuspassword\"}}");
            await().atMost(Duration.ofMinutes(3))
                    .untilAsserted(() -> assertThat(passwordInForce(sandbox)).isEqualTo(database.password()));
            assertThat(database.awaitReason("PasswordSynced", "PasswordChanged").status())
                    .isEqualTo("True");
            assertThat(database.rows()).containsExactly("a row");
            assertThat(operators.deaths()).isEqualTo(operators.writes().size());
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void anImageChangesWhateverBecomesOfTheOperator() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.create("edited-image");
                Succession operators = Succession.dyingAfterEveryWrite(sandbox.namespace())) {
            Database database = serving(sandbox);
            database.patch("{\"spec\":{\"image\":\"mysql:9.7.4\"}}");
            await().atMost(Duration.ofMinutes(3))
                    .untilAsserted(() -> assertThat(runningImage(sandbox)).isEqualTo("mysql:9.7.4"));
            assertThat(database.awaitReason("SpecApplied", "Applied").status()).isEqualTo("True");
            assertThat(database.rows()).containsExactly("a row");
            assertThat(sandbox.get(Kind.CLAIM, database.backupClaim())
                            .getMetadata()
                            .getAnnotations())
                    .containsKey("otus.homework/backup-record");
            assertThat(operators.deaths()).isEqualTo(operators.writes().size());
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void volumesGrowWhateverBecomesOfTheOperator() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.create("edited-size");
                Succession operators = Succession.dyingAfterEveryWrite(sandbox.namespace())) {
            Database database = serving(sandbox);
            String pod = database.pod();
            database.patch("{\"spec\":{\"storage_size\":\"800Mi\"}}");
            assertThat(database.awaitReason("StorageResized", "Resized").status())
                    .isEqualTo("True");
            for (String claim : new String[] {database.dataClaim(), database.backupClaim()}) {
                assertThat(sandbox.kubectl()
                                .run("get", "pvc", claim, "--output=jsonpath={.status.capacity.storage}")
                                .orFail())
                        .isEqualTo("800Mi");
            }
            assertThat(database.pod()).isEqualTo(pod);
            assertThat(database.rows()).containsExactly("a row");
            assertThat(operators.deaths()).isEqualTo(operators.writes().size());
        }
    }

    private static Database serving(Sandbox sandbox) {
        Database database = Database.in(sandbox.kubectl(), "db");
        database.create();
        database.awaitServing("db created without restore-job");
        assertThat(database.awaitReason("SpecApplied", "Applied").status()).isEqualTo("True");
        database.insert("a row");
        return database;
    }

    private static String passwordInForce(Sandbox sandbox) {
        return sandbox.kubectl()
                .run(
                        "get",
                        "secret",
                        "db-credentials",
                        "--output=go-template={{if not .data.retained}}{{index .data \"password\" | base64decode}}{{end}}")
                .orFail();
    }

    private static String runningImage(Sandbox sandbox) {
        return sandbox.kubectl()
                .run(
                        "get",
                        "deployment",
                        "db",
                        "--ignore-not-found",
                        "--output=jsonpath={.spec.template.spec.containers[0].image}")
                .orFail();
    }
}
