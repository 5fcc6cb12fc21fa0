package homework.otus.mysql.kube;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Optional;

/** Who has set which fields of an object, as the API server keeps it. */
final class ManagedFields {
    private static final String APPLY = "Apply";
    private static final String UPDATE = "Update";

    private ManagedFields() {}

    /** A JSON patch that makes of what the manager created what it has applied; empty where that was done. */
    static Optional<String> handOver(JsonObject object, String manager) {
        JsonObject metadata = object.getAsJsonObject("metadata");
        JsonArray entries = metadata.getAsJsonArray("managedFields");
        int created = find(entries, manager, UPDATE);
        if (created < 0 || find(entries, manager, APPLY) >= 0) {
            return Optional.empty();
        }
        JsonArray patch = new JsonArray();
        patch.add(step("test", "/metadata/resourceVersion", metadata.get("resourceVersion")));
        patch.add(step("replace", "/metadata/managedFields/" + created + "/operation", new JsonPrimitive(APPLY)));
        return Optional.of(patch.toString());
    }

    /** The index, or -1. The status has entries of its own. */
    private static int find(JsonArray entries, String manager, String operation) {
        for (int i = 0; entries != null && i < entries.size(); i++) {
            JsonObject entry = entries.get(i).getAsJsonObject();
            if (has(entry, "manager", manager) && has(entry, "operation", operation) && !entry.has("subresource")) {
                return i;
            }
        }
        return -1;
    }

    /** Anybody may have taken a field of it away. */
    private static boolean has(JsonObject entry, String field, String value) {
        return entry.get(field) instanceof JsonPrimitive found && value.equals(found.getAsString());
    }

    private static JsonObject step(String operation, String path, JsonElement value) {
        JsonObject step = new JsonObject();
        step.addProperty("op", operation);
        step.addProperty("path", path);
        step.add("value", value);
        return step;
    }
}
