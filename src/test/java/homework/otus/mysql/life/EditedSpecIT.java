package homework.otus.mysql.life;

import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.testing.Sandbox;
import homework.otus.mysql.testing.Sandbox.Kind;
import homework.otus.mysql.testing.Succession;
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
            String pod = database.serverPod();
            database.order(Database.IMAGE, "second", "1Gi");
            database.order(Database.IMAGE, "third", "1Gi");
            database.awaitCondition("PasswordSynced", "True", "PasswordChanged");
            Database changed = new Database(sandbox, "db", "third");
            Database.eventually()
                    .untilAsserted(() -> assertThat(passwordInForce(sandbox)).isEqualTo("third"));
            database.awaitCondition("PasswordSynced", "True", "PasswordChanged");
            assertThat(changed.rows()).containsExactly("a row");
            assertThat(changed.serverPod()).isEqualTo(pod);
            for (String old : new String[] {Database.PASSWORD, "second"}) {
                assertThat(sandbox.kubectl()
                                .run("exec", "deployment/db", "--", "mysql", "-p" + old, "--execute=SELECT 1")
                                .exitCode())
                        .isNotZero();
            }
            // Back to the first, which was forgotten, too.
            database.order();
            Database.eventually()
                    .untilAsserted(() -> assertThat(passwordInForce(sandbox)).isEqualTo(Database.PASSWORD));
            database.awaitCondition("PasswordSynced", "True", "PasswordChanged");
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
            database.order("mysql:9.7.4", Database.PASSWORD, "1Gi");
            Database.eventually()
                    .untilAsserted(() -> assertThat(runningImage(sandbox)).isEqualTo("mysql:9.7.4"));
            database.awaitCondition("SpecApplied", "True", "Applied");
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
            String pod = database.serverPod();
            database.order(Database.IMAGE, Database.PASSWORD, "2Gi");
            database.awaitCondition("StorageResized", "True", "Resized");
            for (String claim : new String[] {database.dataClaim(), database.backupClaim()}) {
                assertThat(sandbox.kubectl()
                                .run("get", "pvc", claim, "--output=jsonpath={.status.capacity.storage}")
                                .orFail())
                        .isEqualTo("2Gi");
            }
            assertThat(database.serverPod()).isEqualTo(pod);
            assertThat(database.rows()).containsExactly("a row");
            assertThat(operators.deaths()).isEqualTo(operators.writes().size());
        }
    }

    private static Database serving(Sandbox sandbox) {
        Database database = new Database(sandbox, "db");
        database.order();
        database.awaitServing("db created without restore-job");
        database.awaitCondition("SpecApplied", "True", "Applied");
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
