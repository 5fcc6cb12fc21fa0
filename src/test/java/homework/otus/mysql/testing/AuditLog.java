package homework.otus.mysql.testing;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What the API server of the test cluster was asked, by its audit log. */
public final class AuditLog {
    private static final Path FILE = Path.of(".testbed/audit.log");
    private static final String OPERATOR = "system:serviceaccount:mysql-operator:mysql-operator";
    private static final Set<String> READING = Set.of("get", "list", "watch");

    private AuditLog() {}

    /**
     * One request.
     *
     * @param pod from which it came
     * @param resource with its subresource, as in {@code mysqls/status}
     * @param namespace empty for a request about all of them
     * @param name empty for a request about many
     * @param authorized not forbidden by RBAC
     */
    public record Call(
            Instant time,
            String pod,
            String verb,
            String group,
            String resource,
            String namespace,
            String name,
            boolean authorized) {

        /** Changes something other than who leads. */
        public boolean writes() {
            return !READING.contains(verb) && !resource.equals("leases");
        }
    }

    /** The installed operator's requests from then on, in order. */
    public static List<Call> ofOperator(Instant since) {
        try (var lines = Files.lines(FILE)) {
            return lines.filter(line -> line.contains(OPERATOR))
                    .map(line -> JsonParser.parseString(line).getAsJsonObject())
                    .filter(event -> OPERATOR.equals(text(event, "user", "username")))
                    .filter(event -> event.has("objectRef"))
                    .map(AuditLog::call)
                    .filter(call -> !call.time().isBefore(since))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("no audit log: these tests need the cluster of `make cluster`", e);
        }
    }

    private static Call call(JsonObject event) {
        String subresource = text(event, "objectRef", "subresource");
        JsonElement pods = find(event, "user", "extra", "authentication.kubernetes.io/pod-name");
        return new Call(
                Instant.parse(text(event, "requestReceivedTimestamp")),
                pods == null ? "" : pods.getAsJsonArray().get(0).getAsString(),
                text(event, "verb"),
                text(event, "objectRef", "apiGroup"),
                text(event, "objectRef", "resource") + (subresource.isEmpty() ? "" : "/" + subresource),
                text(event, "objectRef", "namespace"),
                text(event, "objectRef", "name"),
                "allow".equals(text(event, "annotations", "authorization.k8s.io/decision")));
    }

    private static String text(JsonObject object, String... path) {
        JsonElement found = find(object, path);
        return found == null ? "" : found.getAsString();
    }

    private static JsonElement find(JsonElement object, String... path) {
        JsonElement found = object;
        for (String key : path) {
            found = found == null ? null : found.getAsJsonObject().get(key);
        }
        return found;
    }
}
