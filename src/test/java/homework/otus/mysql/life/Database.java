package homework.otus.mysql.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import homework.otus.mysql.testing.Sandbox;
import homework.otus.mysql.testing.Sandbox.Kind;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;

/** One MySQL object in its namespace, as its user orders, uses and sees it. */
record Database(Sandbox sandbox, String name, String password) {
    static final String IMAGE = "mysql:9.7";
    static final String PASSWORD = "otuspassword";

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    Database(Sandbox sandbox, String name) {
        this(sandbox, name, PASSWORD);
    }

    static ConditionFactory eventually() {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(250));
    }

    void order() {
        order(IMAGE, password, "1Gi");
    }

    /** Makes the MySQL object, or edits the one that is there. */
    void order(String image, String password, String storageSize) {
        sandbox.kubectl()
                .runWithInput("""
                    apiVersion: otus.homework/v1
                    kind: MySQL
                    metadata:
                      name: %s
                    spec:
                      image: %s
                      database: otus-database
                      password: %s
                      storage_size: %s
                    """.formatted(name, image, password, storageSize), "apply", "--filename=-")
                .orFail();
    }

    void delete() {
        sandbox.kubectl().run("delete", "mysql", name, "--wait=false").orFail();
    }

    void awaitReady() {
        eventually()
                .untilAsserted(() -> assertThat(condition("Ready").map(Condition::status))
                        .as("%s", status())
                        .contains("True"));
    }

    /** Ready, and the operator has put away what the start needed. */
    void awaitServing(String message) {
        eventually().untilAsserted(() -> {
            assertThat(message()).contains(message);
            assertThat(condition("Ready").map(Condition::status)).contains("True");
            assertThat(sandbox.names(Kind.POD))
                    .filteredOn(pod -> pod.contains(name))
                    .singleElement()
                    .asString()
                    .startsWith(name + "-");
        });
    }

    void awaitCondition(String type, String status, String reason) {
        eventually()
                .untilAsserted(() -> assertThat(condition(type))
                        .as("%s of %s", type, status())
                        .get()
                        .extracting(Condition::status, Condition::reason)
                        .containsExactly(status, reason));
    }

    void awaitGone() {
        eventually().untilAsserted(() -> {
            assertThat(object()).as("%s", status()).isEmpty();
            assertThat(sandbox.names(Kind.CLAIM)).doesNotContain(dataClaim());
        });
    }

    void insert(String row) {
        sql("CREATE TABLE IF NOT EXISTS test"
                + " (id smallint unsigned not null auto_increment primary key, name varchar(20) not null);"
                + " INSERT INTO test (name) VALUES ('" + row + "')");
    }

    List<String> rows() {
        return sql("SELECT name FROM test ORDER BY id").lines().toList();
    }

    String sql(String statement) {
        return sandbox.kubectl()
                .run(
                        "exec",
                        "deployment/" + name,
                        "--",
                        "mysql",
                        "-p" + password,
                        "--skip-column-names",
                        "-e",
                        statement,
                        "otus-database")
                .orFail();
    }

    String serverPod() {
        return sandbox.list(Kind.POD).stream()
                .filter(pod -> name.equals(label(pod, "app")))
                .map(pod -> pod.getMetadata().getUid())
                .reduce((a, b) -> {
                    throw new AssertionError("two server Pods");
                })
                .orElseThrow(() -> new AssertionError("no server Pod"));
    }

    String uid() {
        return sandbox.get(Kind.MYSQL, name).getMetadata().getUid();
    }

    Optional<String> message() {
        return status().map(status -> status.get("message")).map(JsonElement::getAsString);
    }

    Optional<Condition> condition(String type) {
        return status().filter(status -> status.has("conditions")).stream()
                .flatMap(status -> status.getAsJsonArray("conditions").asList().stream())
                .map(JsonElement::getAsJsonObject)
                .filter(condition -> type.equals(condition.get("type").getAsString()))
                .map(condition -> new Condition(
                        condition.get("status").getAsString(),
                        condition.get("reason").getAsString(),
                        condition.get("message").getAsString()))
                .findFirst();
    }

    String dataClaim() {
        return name + "-pvc";
    }

    String backupClaim() {
        return "backup-" + name + "-pvc";
    }

    String backupJob() {
        return "backup-" + name + "-job";
    }

    String restoreJob() {
        return "restore-" + name + "-job";
    }

    private Optional<JsonObject> status() {
        return object().flatMap(Sandbox::status);
    }

    private Optional<DynamicKubernetesObject> object() {
        return sandbox.find(Kind.MYSQL, name);
    }

    static String label(DynamicKubernetesObject object, String label) {
        return object.getMetadata().getLabels() == null
                ? ""
                : object.getMetadata().getLabels().getOrDefault(label, "");
    }

    /** What users read of one aspect. */
    record Condition(String status, String reason, String message) {}
}
