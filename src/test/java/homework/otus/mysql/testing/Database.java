package homework.otus.mysql.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A MySQL object as a user handles it: ordered, asked and deleted by {@code kubectl}. What waits, waits for minutes and
 * then fails the test.
 *
 * @param password root's; empty where a Secret has it
 * @param size of both volumes, as in {@code 400Mi}
 * @param more optional fields of the spec
 */
public record Database(
        Kubectl kubectl, String name, String image, String password, String size, Map<String, Object> more) {
    private static final String DATABASE = "otus-database";
    private static final String TIMEOUT = "--timeout=240s";
    private static final ThreadLocal<List<Database>> CREATED = ThreadLocal.withInitial(ArrayList::new);

    /** A condition of the object's status. */
    public record Condition(String status, String reason, String message) {}

    public static Database in(Kubectl kubectl, String name) {
        return new Database(kubectl, name, "mysql:9.7", "otuspassword", "400Mi", Map.of());
    }

    public Database withImage(String other) {
        return new Database(kubectl, name, other, password, size, more);
    }

    public Database withPassword(String other) {
        return new Database(kubectl, name, image, other, size, more);
    }

    public Database withSize(String other) {
        return new Database(kubectl, name, image, password, other, more);
    }

    public Database withSecret(String secret, String key) {
        return withPassword("").with("passwordSecretRef", Map.of("name", secret, "key", key));
    }

    /** @param value as Gson writes it */
    public Database with(String field, Object value) {
        Map<String, Object> fields = new HashMap<>(more);
        fields.put(field, value);
        return new Database(kubectl, name, image, password, size, fields);
    }

    public Database create() {
        Map<String, Object> spec = new HashMap<>(more);
        spec.putAll(Map.of("image", image, "database", DATABASE, "storage_size", size));
        if (!password.isEmpty()) {
            spec.put("password", password);
        }
        var mysql = Map.of(
                "apiVersion", "otus.homework/v1", "kind", "MySQL", "metadata", Map.of("name", name), "spec", spec);
        kubectl.runWithInput(new Gson().toJson(mysql), "create", "-f", "-").orFail();
        CREATED.get().add(this);
        return this;
    }

    /** Those that this thread has created since it was asked last. */
    static List<Database> created() {
        List<Database> databases = CREATED.get();
        CREATED.remove();
        return databases;
    }

    /** Doesn't wait, and takes no backup. */
    void end() {
        String uid = read("ms/" + name, "{.metadata.uid}");
        if (!uid.isEmpty()) {
            kubectl.run("annotate", "--overwrite", "ms", name, "otus.homework/skip-final-backup=" + uid);
            kubectl.run("delete", "ms", name, "--wait=false", "--ignore-not-found");
        }
    }

    /** @param patch a JSON merge patch */
    public Database patch(String patch) {
        kubectl.run("patch", "ms", name, "--type=merge", "--patch=" + patch).orFail();
        return this;
    }

    public Database awaitReady() {
        kubectl.run("wait", "--for=condition=Ready", "ms/" + name, TIMEOUT).orFail();
        return this;
    }

    /** Ready with this message, by one Pod, and the Pod that looked for a backup is put away. */
    public Database awaitServing(String message) {
        awaitReady();
        await("{.status.message}", message);
        kubectl.run(
                        "wait",
                        "pods",
                        "--selector=otus.homework/mysql=" + name + ",app.kubernetes.io/component=restore",
                        "--for=delete",
                        TIMEOUT)
                .orFail();
        assertThat(pod()).matches(name + "-[^ ]+");
        return this;
    }

    /** Waits until the condition has this reason. */
    public Condition awaitReason(String type, String reason) {
        await("{.status.conditions[?(@.type==\"" + type + "\")].reason}", reason);
        return condition(type);
    }

    private void await(String jsonPath, String value) {
        kubectl.run("wait", "ms/" + name, "--for=jsonpath=" + jsonPath + "=" + value, TIMEOUT)
                .orFail();
    }

    public Condition condition(String type) {
        for (JsonElement element : conditions()) {
            JsonObject condition = element.getAsJsonObject();
            if (type.equals(condition.get("type").getAsString())) {
                return new Condition(
                        condition.get("status").getAsString(),
                        condition.get("reason").getAsString(),
                        condition.get("message").getAsString());
            }
        }
        return new Condition("", "", "");
    }

    private JsonArray conditions() {
        JsonObject status = json("ms/" + name).getAsJsonObject("status");
        return status == null || !status.has("conditions") ? new JsonArray() : status.getAsJsonArray("conditions");
    }

    public String message() {
        return read("ms/" + name, "{.status.message}");
    }

    public String uid() {
        return read("ms/" + name, "{.metadata.uid}");
    }

    /** The name of the server's Pod; empty while there is none. */
    public String pod() {
        return read("pods --selector=app=" + name, "{.items[*].metadata.name}");
    }

    /** What {@code kubectl get} prints of an object's field; empty where either isn't there. */
    public String read(String object, String jsonPath) {
        List<String> command = new ArrayList<>(List.of("get", "--ignore-not-found"));
        command.addAll(List.of(object.split(" ")));
        command.add("--output=jsonpath=" + jsonPath);
        return kubectl.run(command.toArray(String[]::new)).orFail();
    }

    public JsonObject json(String object) {
        return new Gson().fromJson(kubectl.run("get", object, "--output=json").orFail(), JsonObject.class);
    }

    /** Runs statements in the server's Pod; rows come a line each, values separated by tabs. */
    public String sql(String statements) {
        return kubectl.runWithInput(
                        statements,
                        "exec",
                        "--stdin",
                        "deployment/" + name,
                        "--container=mysql",
                        "--",
                        "mysql",
                        "--batch",
                        "--skip-column-names",
                        "-p" + password,
                        DATABASE)
                .orFail();
    }

    /** Whether root gets in with the password, in the server's Pod. */
    public Kubectl.Outcome login() {
        return kubectl.run(
                "exec",
                "deployment/" + name,
                "--container=mysql",
                "--",
                "mysql",
                "--password=" + password,
                "--execute=SELECT 1");
    }

    public Database insert(String row) {
        sql("CREATE TABLE IF NOT EXISTS test (name VARCHAR(200) NOT NULL); INSERT INTO test VALUES ('" + row + "');");
        return this;
    }

    public List<String> rows() {
        return sql("SELECT name FROM test ORDER BY name").lines().toList();
    }

    public Database delete(String... options) {
        List<String> command = new ArrayList<>(List.of("delete", "ms", name, "--wait=false"));
        command.addAll(List.of(options));
        kubectl.run(command.toArray(String[]::new)).orFail();
        return this;
    }

    /** Waits until neither the object nor its data claim is there. */
    public Database awaitGone() {
        kubectl.run("wait", "--for=delete", "ms/" + name, "pvc/" + dataClaim(), TIMEOUT)
                .orFail();
        return this;
    }

    public Database skipFinalBackup() {
        kubectl.run("annotate", "--overwrite", "ms", name, "otus.homework/skip-final-backup=" + uid())
                .orFail();
        return this;
    }

    /** The notes of the events about the object, oldest first, each after its reason. */
    public List<String> events() {
        return kubectl.run(
                        "get",
                        "events.events.k8s.io",
                        "--field-selector=regarding.kind=MySQL,regarding.name=" + name,
                        "--sort-by=.eventTime",
                        "--output=jsonpath={range .items[*]}{.reason}: {.note}{\"\\n\"}{end}")
                .orFail()
                .lines()
                .toList();
    }

    public String dataClaim() {
        return name + "-pvc";
    }

    public String backupClaim() {
        return "backup-" + name + "-pvc";
    }

    public String backupJob() {
        return "backup-" + name + "-job";
    }

    public String restoreJob() {
        return "restore-" + name + "-job";
    }
}
