package homework.otus.mysql.kube;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.stream.JsonReader;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1Secret;
import java.io.StringReader;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An object as the API server sent it. The API server accepts what Java's types don't hold, such as an integer beyond 32
 * bits in a field without a limit, and one such object must not break the list or the watch that it comes with.
 *
 * <p>Where it can't be read, all that is left of it is an outline: who it is, its labels, which claims a Pod mounts, and its
 * status where that can be read. {@code metadata.managedFields}, which nobody here needs, is never read.
 */
public final class Decoded<T extends KubernetesObject> implements KubernetesObject {
    private static final int LONGEST_PROBLEM = 300;
    /** How Gson ends its messages. */
    private static final Pattern PLACE = Pattern.compile(" at line \\d+ column \\d+ path (\\S+)");

    private static final List<String> IDENTITY =
            List.of("name", "namespace", "uid", "resourceVersion", "generation", "labels");

    private final T object;
    private final String problem;

    private Decoded(T object, String problem) {
        this.object = object;
        this.problem = problem;
    }

    /** The object; its outline where it can't be read. */
    public T object() {
        return object;
    }

    boolean readable() {
        return problem.isEmpty();
    }

    /** Which field can't be read, and why; empty where all can. */
    String problem() {
        return problem;
    }

    @Override
    public String getApiVersion() {
        return object.getApiVersion();
    }

    @Override
    public String getKind() {
        return object.getKind();
    }

    @Override
    public V1ObjectMeta getMetadata() {
        return object.getMetadata();
    }

    /** @param json is taken over, and changed */
    static <T extends KubernetesObject> Decoded<T> of(ResourceKind<T> kind, JsonObject json) {
        JsonObject metadata = objectIn(json, "metadata");
        metadata.remove("managedFields");
        if (kind.use() == ResourceKind.Use.NOTICED) {
            // kubectl apply keeps the whole object in one.
            metadata.remove("annotations");
        }
        json.add("metadata", metadata);
        boolean reconciled = kind.use() == ResourceKind.Use.RECONCILED;
        if (reconciled && !(json.get("spec") instanceof JsonObject)) {
            return new Decoded<>(outline(kind.type(), json), "spec: is missing");
        }
        Reading<T> whole = attempt(kind.type(), json);
        if (whole.object != null) {
            return new Decoded<>(whole.object, "");
        }
        if (reconciled) {
            // The status is the controller's own report: where that is what can't be read, it is written anew.
            JsonObject withoutStatus = json.deepCopy();
            withoutStatus.remove("status");
            T object = attempt(kind.type(), withoutStatus).object;
            if (object != null) {
                return new Decoded<>(object, "");
            }
        }
        return new Decoded<>(outline(kind.type(), json), whole.problem);
    }

    private static <T extends KubernetesObject> T outline(Class<T> type, JsonObject json) {
        JsonObject identity = new JsonObject();
        for (String field : IDENTITY) {
            identity.add(field, json.getAsJsonObject("metadata").get(field));
        }
        JsonObject outline = new JsonObject();
        outline.add("metadata", identity);
        outline.add("spec", type == V1Pod.class ? claimsOf(objectIn(json, "spec")) : new JsonObject());
        outline.add("status", json.get("status"));
        T withStatus = attempt(type, outline).object;
        if (withStatus != null) {
            return withStatus;
        }
        outline.remove("status");
        return JSON.getGson().fromJson(outline, type);
    }

    /** One that can't be read may still hold a volume. */
    private static JsonObject claimsOf(JsonObject pod) {
        JsonArray volumes = new JsonArray();
        if (pod.get("volumes") instanceof JsonArray all) {
            for (JsonElement volume : all) {
                JsonObject claim = new JsonObject();
                claim.add("name", volume.getAsJsonObject().get("name"));
                claim.add("persistentVolumeClaim", volume.getAsJsonObject().get("persistentVolumeClaim"));
                volumes.add(claim);
            }
        }
        JsonObject spec = new JsonObject();
        spec.add("volumes", volumes);
        return spec;
    }

    private static <T extends KubernetesObject> Reading<T> attempt(Class<T> type, JsonObject json) {
        // From text: of a tree, Gson truncates numbers silently.
        JsonReader reader = new JsonReader(new StringReader(json.toString()));
        try {
            T object = JSON.getGson().fromJson(reader, type);
            return new Reading<>(object, "");
        } catch (RuntimeException e) {
            return new Reading<>(null, problem(e, reader.getPreviousPath(), type == V1Secret.class));
        }
    }

    private static String problem(Throwable thrown, String lastPath, boolean secret) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String words = String.valueOf(cause.getMessage());
        Matcher place = PLACE.matcher(words);
        String path = lastPath;
        if (place.find()) {
            path = place.group(1);
            words = words.substring(0, place.start());
        }
        // Of a map's entry, Gson knows the map alone.
        String field = path.replaceFirst("^\\$\\.?", "").replaceFirst("\\.$", "");
        String problem = field + ": " + (secret || words.isBlank() ? "can't be decoded" : words);
        return problem.length() > LONGEST_PROBLEM ? problem.substring(0, LONGEST_PROBLEM) + "…" : problem;
    }

    private static JsonObject objectIn(JsonObject json, String field) {
        return json.get(field) instanceof JsonObject object ? object : new JsonObject();
    }

    private record Reading<T>(@Nullable T object, String problem) {}
}
