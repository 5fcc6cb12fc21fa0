package homework.otus.mysql.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.Kubectl;
import homework.otus.mysql.testing.OnInstalledOperator;
import homework.otus.mysql.testing.ThrowawayNamespace;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;

/** Another image, another configuration, larger volumes: by editing the object, and without losing a row. */
@OnInstalledOperator
class ChangedServerIT {
    @RegisterExtension
    static final ThrowawayNamespace NAMESPACE = new ThrowawayNamespace();

    @Test
    @Execution(CONCURRENT)
    void anotherImageOpensTheDataAfterABackup() {
        Database database = database("upgraded").create().awaitReady().insert("kept");
        database.patch("{\"spec\":{\"image\":\"mysql:9.7.4\"}}").awaitReason("SpecApplied", "ChangingImage");
        database.awaitReason("SpecApplied", "Applied");
        assertThat(database.read("ms/upgraded", "{.status.image}")).isEqualTo("mysql:9.7.4");
        assertThat(database.read("ms/upgraded", "{.status.lastBackup.serverImage}"))
                .isEqualTo("mysql:9.7");
        assertThat(database.rows()).containsExactly("kept");
        database.insert("later").delete().awaitGone();
        assertThat(database.withImage("mysql:9.7.4").create().awaitReady().rows())
                .containsExactly("kept", "later");
    }

    @Test
    @Execution(CONCURRENT)
    void anImageThatNobodyHasNeverStopsTheServer() {
        Database database = database("mistyped").create().awaitReady().insert("kept");
        String pod = database.pod();
        database.patch("{\"spec\":{\"image\":\"mysql:0.0.1\"}}");
        assertThat(database.awaitReason("SpecApplied", "ImagePullFailed").message())
                .contains("mysql:0.0.1", "mysql:9.7 goes on");
        assertThat(database.condition("Ready").status()).isEqualTo("True");
        database.patch("{\"spec\":{\"image\":\"mysql:9.7\"}}").awaitReason("SpecApplied", "Applied");
        assertThat(database.pod()).isEqualTo(pod);
        database.patch("{\"spec\":{\"image\":\"mysql:0.0.1\"}}").awaitReason("SpecApplied", "ImagePullFailed");
        database.delete().awaitGone();
        assertThat(database.create().awaitReady().rows()).containsExactly("kept");
    }

    @Test
    @Execution(CONCURRENT)
    void aServerThatDoesNotBecomeReadyIsToldAndTakenBack() {
        Database database = database("late")
                .with("imageChange", Map.of("backup", false, "progressDeadlineSeconds", 30))
                .create()
                .awaitReady()
                .insert("kept");
        // No such user may read the data.
        database.patch("{\"spec\":{\"image\":\"mysql:9.7.4\",\"podSecurityContext\":{\"runAsUser\":12345}}}");
        assertThat(database.awaitReason("SpecApplied", "ImageChangeFailed").message())
                .contains("set spec.image back to mysql:9.7,");
        database.patch("{\"spec\":{\"image\":\"mysql:9.7\",\"podSecurityContext\":null}}");
        assertThat(database.awaitReady().rows()).containsExactly("kept");
    }

    @Test
    @Execution(CONCURRENT)
    void aConfigurationIsTriedBeforeTheServerIsStopped() {
        Database database = database("configured")
                .with("config", Map.of("max_connections", "50", "lower_case_table_names", "1"))
                .create()
                .awaitReady();
        assertThat(database.sql("SELECT @@max_connections, @@lower_case_table_names"))
                .isEqualTo("50\t1\n");
        database.insert("kept");
        String pod = database.pod();

        database.patch("{\"spec\":{\"config\":{\"no_such_variable\":\"1\"}}}");
        assertThat(database.awaitReason("SpecApplied", "ConfigRefused").message())
                .contains("no-such-variable", "goes on");
        assertThat(database.message()).contains("no-such-variable");
        assertThat(database.pod()).isEqualTo(pod);

        database.patch("{\"spec\":{\"config\":{\"no_such_variable\":null,\"max_connections\":\"60\"}}}")
                .awaitReason("SpecApplied", "Applied");
        await().atMost(Duration.ofSeconds(120))
                .ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(database.sql("SELECT @@max_connections")).isEqualTo("60\n"));
        assertThat(database.rows()).containsExactly("kept");
    }

    @Test
    @Execution(CONCURRENT)
    void anEditThatIsSetBackIsARestartLikeAnyOther() {
        Database database = database("back")
                .with("config", Map.of("max_connections", "50"))
                .create()
                .awaitReady();
        for (String connections : new String[] {"60", "50", "60"}) {
            database.patch("{\"spec\":{\"config\":{\"max_connections\":\"" + connections + "\"}}}");
            await().atMost(Duration.ofSeconds(120))
                    .ignoreExceptions()
                    .untilAsserted(() ->
                            assertThat(database.sql("SELECT @@max_connections")).isEqualTo(connections + "\n"));
            database.awaitReason("SpecApplied", "Applied");
            database.awaitReady();
        }
        assertThat(database.events()).noneMatch(event -> event.startsWith("ServerNotReady"));
    }

    @Test
    @Execution(CONCURRENT)
    void aConfigurationThatDoesNotServeIsTakenBack() {
        // The limit keeps what it asks for from the machine: a kubelet lets programs overcommit memory.
        Database database = database("greedy")
                .with("resources", Map.of("limits", Map.of("memory", "1Gi")))
                .with("imageChange", Map.of("progressDeadlineSeconds", 30))
                .with("config", Map.of("max_connections", "50"))
                .create()
                .awaitReady()
                .insert("kept");
        database.patch("{\"spec\":{\"config\":{\"innodb_buffer_pool_size\":\"100G\"}}}");
        assertThat(database.awaitReason("SpecApplied", "ConfigFailed").message())
                .contains("the last configuration that served");
        database.awaitReady();
        assertThat(database.rows()).containsExactly("kept");
        assertThat(database.condition("SpecApplied").reason()).isEqualTo("ConfigFailed");
        database.patch("{\"spec\":{\"config\":{\"innodb_buffer_pool_size\":null,\"max_connections\":\"60\"}}}");
        database.awaitReason("SpecApplied", "Applied");
        assertThat(database.awaitReady().sql("SELECT @@max_connections")).isEqualTo("60\n");
    }

    @Test
    @Execution(CONCURRENT)
    void theVolumeGrowsUnderTheServer() {
        Database database = database("grown").create().awaitReady().insert("kept");
        String pod = database.pod();
        long before = megabytes(database);
        database.sql("CREATE EVENT writing ON SCHEDULE EVERY 1 SECOND DO INSERT INTO test VALUES ('meanwhile')");
        database.patch("{\"spec\":{\"storage_size\":\"700Mi\"}}").awaitReason("StorageResized", "Resized");
        await().atMost(Duration.ofSeconds(60)).until(() -> megabytes(database) > before + 250);
        assertThat(database.pod()).isEqualTo(pod);
        assertThat(database.condition("Ready").status()).isEqualTo("True");
        await().atMost(Duration.ofSeconds(60)).until(() -> database.rows().contains("meanwhile"));
        assertThat(kubectl()
                        .run("patch", "ms", "grown", "--type=merge", "--patch={\"spec\":{\"storage_size\":\"400Mi\"}}")
                        .errors())
                .contains("can't be made smaller");
    }

    @Test
    @Execution(CONCURRENT)
    void aVolumeThatMayNotGrowIsToldAndServed() {
        Database database = database("fixed")
                .with("storageClassName", "wait-for-consumer")
                .create()
                .awaitReady()
                .insert("kept");
        database.patch("{\"spec\":{\"storage_size\":\"700Mi\"}}");
        assertThat(database.awaitReason("StorageResized", "ExpansionRefused").message())
                .contains("allowVolumeExpansion", "docs/operations.md");
        assertThat(database.condition("Ready").status()).isEqualTo("True");
        assertThat(database.rows()).containsExactly("kept");
        assertThat(database.read("pvc/fixed-pvc", "{.spec.storageClassName}")).isEqualTo("wait-for-consumer");
    }

    @Test
    @Execution(CONCURRENT)
    void whatIsSetAndTakenAwayAgainIsGone() {
        Database database = database("placed")
                .with("resources", Map.of("requests", Map.of("memory", "64Mi"), "limits", Map.of("memory", "2Gi")))
                .with("nodeSelector", Map.of("kubernetes.io/os", "linux"))
                .create()
                .awaitReady()
                .insert("kept");
        assertThat(database.read(
                        "pods --selector=app=placed", "{.items[0].spec.containers[0].resources.limits.memory}"))
                .isEqualTo("2Gi");
        database.patch(
                "{\"spec\":{\"resources\":null,\"nodeSelector\":null,\"tolerations\":[{\"key\":\"db\",\"operator\":\"Exists\"}]}}");
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            String template = database.read("deployment/placed", "{.spec.template.spec}");
            assertThat(template).doesNotContain("2Gi", "kubernetes.io/os").contains("\"key\":\"db\"");
        });
        kubectl()
                .run("rollout", "status", "deployment/placed", "--timeout=120s")
                .orFail();
        assertThat(database.rows()).containsExactly("kept");
    }

    private static long megabytes(Database database) {
        return Long.parseLong(kubectl()
                .run(
                        "exec",
                        "deployment/" + database.name(),
                        "--container=mysql",
                        "--",
                        "df",
                        "--output=size",
                        "--block-size=1M",
                        "/var/lib/mysql")
                .orFail()
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow()
                .strip());
    }

    private static Database database(String name) {
        return Database.in(kubectl(), name);
    }

    private static Kubectl kubectl() {
        return NAMESPACE.kubectl();
    }
}
