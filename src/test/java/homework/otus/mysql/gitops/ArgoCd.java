package homework.otus.mysql.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import homework.otus.mysql.testing.Cluster;
import homework.otus.mysql.testing.Kubectl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The Argo CD of the test cluster, as its users see it: by its objects. */
final class ArgoCd {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private ArgoCd() {}

    static Kubectl kubectl() {
        return Cluster.current().kubectl("--namespace", "argocd");
    }

    /**
     * What Argo CD knows of a resource.
     *
     * @param health and the health's message; both empty where it has none
     */
    record Resource(String kind, String name, String sync, String health, String message) {}

    /** An Application's status. */
    record Application(JsonObject object) {
        String name() {
            return text(object, "metadata", "name");
        }

        String sync() {
            return text(object, "status", "sync", "status");
        }

        String revision() {
            return text(object, "status", "sync", "revision");
        }

        String health() {
            return text(object, "status", "health", "status");
        }

        /** When the last operation began: another time is another operation. */
        String startedAt() {
            return text(object, "status", "operationState", "startedAt");
        }

        /** How the last operation went, in all its words. */
        String operation() {
            StringBuilder words = new StringBuilder(text(object, "status", "operationState", "phase"))
                    .append(": ")
                    .append(text(object, "status", "operationState", "message"));
            for (JsonElement result : list(object, "status", "operationState", "syncResult", "resources")) {
                words.append('\n').append(text(result, "name")).append(": ").append(text(result, "message"));
            }
            return words.toString();
        }

        List<Resource> resources() {
            List<Resource> resources = new ArrayList<>();
            for (JsonElement resource : list(object, "status", "resources")) {
                resources.add(new Resource(
                        text(resource, "kind"),
                        text(resource, "name"),
                        text(resource, "status"),
                        text(resource, "health", "status"),
                        text(resource, "health", "message")));
            }
            return resources;
        }

        Resource mysql(String name) {
            return resources().stream()
                    .filter(resource ->
                            resource.kind().equals("MySQL") && resource.name().equals(name))
                    .findFirst()
                    .orElse(new Resource("MySQL", name, "", "", ""));
        }

        boolean isSettledAt(String commit) {
            return revision().equals(commit)
                    && sync().equals("Synced")
                    && health().equals("Healthy")
                    && !operation().startsWith("Running");
        }
    }

    /** Its status; empty while there is no such Application. */
    static Application application(String name) {
        String json = kubectl()
                .run("get", "application", name, "--ignore-not-found", "--output=json")
                .orFail();
        return new Application(json.isBlank() ? new JsonObject() : new Gson().fromJson(json, JsonObject.class));
    }

    static List<Application> applications() {
        String json = kubectl().run("get", "applications", "--output=json").orFail();
        return list(new Gson().fromJson(json, JsonObject.class), "items").stream()
                .map(item -> new Application(item.getAsJsonObject()))
                .toList();
    }

    /** Leaves what they hold. */
    static void forgetApplications() {
        kubectl().run("delete", "applicationsets", "--all", "--cascade=orphan").orFail();
        for (Application application : applications()) {
            release(application.name());
            kubectl()
                    .run("delete", "application", application.name(), "--ignore-not-found")
                    .orFail();
        }
    }

    /** From now on, the end of the Application is not the end of what it holds. */
    static void release(String name) {
        kubectl()
                .run("patch", "application", name, "--type=merge", "--patch={\"metadata\":{\"finalizers\":null}}")
                .orFail();
    }

    /** Waits until the commit is synced and everything is healthy. */
    static Application awaitSettled(String name, String commit) {
        await("Application " + name + " at " + commit).atMost(PATIENCE).untilAsserted(() -> {
            Application application = application(name);
            assertThat(application.isSettledAt(commit))
                    .as(application.object().toString())
                    .isTrue();
        });
        return application(name);
    }

    /** Waits until the last operation says so. */
    static void awaitOperation(String name, String... words) {
        await("Application " + name)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(application(name).operation()).contains(words));
    }

    /** What the user interface shows below each object: a line "child < parent" for each. */
    static List<String> tree(String name) {
        String command = "redis='nsenter --net=.testbed/netns redis-cli --raw';"
                + " $redis get \"$($redis keys 'app|resources-tree|" + name + "|*')\" | gunzip 2>/dev/null";
        try {
            Process shell = new ProcessBuilder("sh", "-c", command).start();
            String json = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            List<String> lines = new ArrayList<>();
            for (JsonElement node : list(new Gson().fromJson(json, JsonObject.class), "nodes")) {
                for (JsonElement parent : list(node, "parentRefs")) {
                    lines.add(describe(node) + " < " + describe(parent));
                }
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String describe(JsonElement node) {
        return text(node, "kind") + " " + text(node, "name");
    }

    /** What the button in the user interface does, and {@code argocd app confirm-deletion}. */
    static void confirmDeletion(String name) {
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        kubectl()
                .run("annotate", "application", name, "--overwrite", "argocd.argoproj.io/deletion-approved=" + now)
                .orFail();
    }

    /** What {@code argocd app terminate-op} does. */
    static void terminateOperation(String name) {
        kubectl()
                .run(
                        "patch",
                        "application",
                        name,
                        "--type=merge",
                        "--patch={\"status\":{\"operationState\":{\"phase\":\"Terminating\"}}}")
                .orFail();
    }

    private static String text(JsonElement object, String... path) {
        JsonElement found = find(object, path);
        return found == null ? "" : found.getAsString();
    }

    private static List<JsonElement> list(JsonElement object, String... path) {
        JsonElement found = find(object, path);
        return found == null ? List.of() : found.getAsJsonArray().asList();
    }

    private static JsonElement find(JsonElement object, String... path) {
        JsonElement found = object;
        for (String key : path) {
            found = found == null ? null : found.getAsJsonObject().get(key);
        }
        return found;
    }
}
