package homework.otus.mysql.kube;

import com.google.gson.JsonObject;
import homework.otus.mysql.step.Action;

/** A JSON merge patch of a claim's size alone, with the observed resourceVersion for its precondition. */
final class GrowthPatch {
    private GrowthPatch() {}

    static String of(Action.GrowClaim action) {
        JsonObject requests = new JsonObject();
        requests.addProperty("storage", action.size().toSuffixedString());
        JsonObject patch = new JsonObject();
        JsonObject annotations = new JsonObject();
        action.annotations().forEach(annotations::addProperty);
        JsonObject metadata =
                field("resourceVersion", action.target().getMetadata().getResourceVersion());
        metadata.add("annotations", annotations);
        patch.add("metadata", metadata);
        patch.add("spec", field("resources", field("requests", requests)));
        return patch.toString();
    }

    private static JsonObject field(String name, String value) {
        JsonObject object = new JsonObject();
        object.addProperty(name, value);
        return object;
    }

    private static JsonObject field(String name, JsonObject value) {
        JsonObject object = new JsonObject();
        object.add(name, value);
        return object;
    }
}
