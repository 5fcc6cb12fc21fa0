package homework.otus.mysql.plan;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.JSON;

/**
 * Whether an object on the server has everything that we want of it. What others add, the API server's defaults among
 * them, is no drift.
 */
final class Coverage {
    private Coverage() {}

    static boolean covers(KubernetesObject desired, KubernetesObject actual) {
        JsonObject wanted = JSON.getGson().toJsonTree(desired).getAsJsonObject();
        // The items of a LIST don't say what they are.
        wanted.remove("apiVersion");
        wanted.remove("kind");
        return covers(wanted, JSON.getGson().toJsonTree(actual));
    }

    private static boolean covers(JsonElement desired, JsonElement actual) {
        if (desired.isJsonObject()) {
            return covers(desired.getAsJsonObject(), actual);
        }
        if (desired.isJsonArray()) {
            return covers(desired.getAsJsonArray(), actual);
        }
        return desired.isJsonNull() || desired.equals(actual);
    }

    private static boolean covers(JsonObject desired, JsonElement actual) {
        return desired.isEmpty()
                || actual.isJsonObject()
                        && desired.entrySet().stream()
                                .allMatch(field -> absent(field.getValue())
                                        || actual.getAsJsonObject().has(field.getKey())
                                                && covers(
                                                        field.getValue(),
                                                        actual.getAsJsonObject().get(field.getKey())));
    }

    private static boolean covers(JsonArray desired, JsonElement actual) {
        if (desired.isEmpty()) {
            return true;
        }
        if (!actual.isJsonArray() || actual.getAsJsonArray().size() != desired.size()) {
            return false;
        }
        for (int i = 0; i < desired.size(); i++) {
            if (!covers(desired.get(i), actual.getAsJsonArray().get(i))) {
                return false;
            }
        }
        return true;
    }

    /** A default of false, null or nothing may be left out by the server. */
    private static boolean absent(JsonElement value) {
        return value.isJsonNull()
                || value.isJsonArray() && value.getAsJsonArray().isEmpty()
                || value.isJsonObject() && value.getAsJsonObject().isEmpty();
    }
}
