package homework.otus.mysql.kube;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import homework.otus.mysql.step.Action;
import java.util.Map;

/** A JSON merge patch of metadata alone, whose resourceVersion is its precondition. */
final class MetadataPatch {
    private MetadataPatch() {}

    static String of(Action.PatchMetadata action) {
        JsonObject metadata = new JsonObject();
        metadata.addProperty("resourceVersion", action.target().getMetadata().getResourceVersion());
        if (action.finalizers() != null) {
            JsonArray finalizers = new JsonArray();
            action.finalizers().forEach(finalizers::add);
            metadata.add("finalizers", finalizers);
        }
        addMap(metadata, "labels", action.labels());
        addMap(metadata, "annotations", action.annotations());
        JsonObject patch = new JsonObject();
        patch.add("metadata", metadata);
        return patch.toString();
    }

    private static void addMap(JsonObject metadata, String name, Map<String, String> values) {
        if (values.isEmpty()) {
            return;
        }
        JsonObject map = new JsonObject();
        values.forEach(map::addProperty);
        metadata.add(name, map);
    }
}
