package homework.otus.mysql.step;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.JSON;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Whether an object on the server has everything that we want of it. What others add, the API server's defaults among
 * them, is no drift.
 */
public final class Coverage {
    private static final String SELECTOR = "selector";

    private Coverage() {}

    /**
     * Whether nobody has changed what we want of the object since the API server took it. An admission policy may have made
     * something else of it, and would do so again each time.
     */
    public static boolean unchanged(KubernetesObject desired, KubernetesObject actual, List<Taken> taken) {
        JsonElement wanted = tree(desired);
        return taken.stream()
                // As text: a Secret's arrays of bytes equal nothing but themselves.
                .filter(before -> before.desired().getClass() == desired.getClass()
                        && tree(before.desired()).equals(wanted))
                .anyMatch(before -> same(wanted, tree(before.answer()), tree(actual)));
    }

    private static JsonElement tree(KubernetesObject object) {
        return JSON.getGson().toJsonTree(object);
    }

    /** Whether both are the same as far as the desired goes. */
    private static boolean same(JsonElement desired, @Nullable JsonElement one, @Nullable JsonElement other) {
        if (one == null || other == null || one.equals(other)) {
            return one == other || one != null && one.equals(other);
        }
        if (desired.isJsonObject() && one.isJsonObject() && other.isJsonObject()) {
            return desired.getAsJsonObject().entrySet().stream()
                    // The items of a LIST don't say what they are.
                    .filter(field -> !field.getKey().equals("apiVersion")
                            && !field.getKey().equals("kind"))
                    .allMatch(field -> same(
                            field.getValue(),
                            one.getAsJsonObject().get(field.getKey()),
                            other.getAsJsonObject().get(field.getKey())));
        }
        if (desired.isJsonArray() && one.isJsonArray() && other.isJsonArray()) {
            int size = desired.getAsJsonArray().size();
            return one.getAsJsonArray().size() == size
                    && other.getAsJsonArray().size() == size
                    && IntStream.range(0, size)
                            .allMatch(i -> same(
                                    desired.getAsJsonArray().get(i),
                                    one.getAsJsonArray().get(i),
                                    other.getAsJsonArray().get(i)));
        }
        return false;
    }

    public static boolean covers(KubernetesObject desired, KubernetesObject actual) {
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
                                                        field.getKey(),
                                                        field.getValue(),
                                                        actual.getAsJsonObject().get(field.getKey())));
    }

    /** A selector is one value: with another label it selects something else. */
    private static boolean covers(String field, JsonElement desired, JsonElement actual) {
        boolean wider = field.equals(SELECTOR)
                && desired.isJsonObject()
                && actual.isJsonObject()
                && desired.getAsJsonObject().size() != actual.getAsJsonObject().size();
        return !wider && covers(desired, actual);
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
