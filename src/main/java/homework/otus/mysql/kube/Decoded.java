package homework.otus.mysql.kube;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import homework.otus.mysql.api.MySQL;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1Secret;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.ParameterizedType;
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

    private static <T extends KubernetesObject> Decoded<T> of(Class<T> type, JsonObject json, Gson gson) {
        JsonObject metadata = objectIn(json, "metadata");
        metadata.remove("managedFields");
        if (type == SecretMetadata.class) {
            // kubectl apply keeps the whole Secret in one.
            metadata.remove("annotations");
        }
        json.add("metadata", metadata);
        Attempt<T> whole = attempt(type, json, gson);
        if (whole.object != null) {
            return new Decoded<>(whole.object, "");
        }
        if (type == MySQL.class) {
            // The status is the operator's own report: where that is what can't be read, it is written anew.
            JsonObject withoutStatus = json.deepCopy();
            withoutStatus.remove("status");
            T object = attempt(type, withoutStatus, gson).object;
            if (object != null) {
                return new Decoded<>(object, "");
            }
        }
        return new Decoded<>(outline(type, json, gson), whole.problem);
    }

    private static <T extends KubernetesObject> T outline(Class<T> type, JsonObject json, Gson gson) {
        JsonObject identity = new JsonObject();
        for (String field : IDENTITY) {
            identity.add(field, json.getAsJsonObject("metadata").get(field));
        }
        JsonObject outline = new JsonObject();
        outline.add("metadata", identity);
        outline.add("spec", type == V1Pod.class ? claimsOf(objectIn(json, "spec")) : new JsonObject());
        outline.add("status", json.get("status"));
        T withStatus = attempt(type, outline, gson).object;
        if (withStatus != null) {
            return withStatus;
        }
        outline.remove("status");
        return gson.fromJson(outline, type);
    }

    /** Who can't be read may still hold a database's volume. */
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

    private static <T extends KubernetesObject> Attempt<T> attempt(Class<T> type, JsonObject json, Gson gson) {
        if (type == MySQL.class && !(json.get("spec") instanceof JsonObject)) {
            return new Attempt<>(null, "spec: is missing");
        }
        // From text: of a tree, Gson truncates numbers silently.
        JsonReader reader = new JsonReader(new StringReader(json.toString()));
        try {
            T object = gson.fromJson(reader, type);
            return new Attempt<>(object, "");
        } catch (RuntimeException e) {
            return new Attempt<>(null, problem(e, reader.getPreviousPath(), type == V1Secret.class));
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

    private record Attempt<T>(@Nullable T object, String problem) {}

    /** Teaches Gson the type. */
    static final class Factory implements TypeAdapterFactory {
        @Override
        @SuppressWarnings("unchecked") // a Decoded is always of a type of objects
        public <D> @Nullable TypeAdapter<D> create(Gson gson, TypeToken<D> type) {
            if (type.getRawType() != Decoded.class) {
                return null;
            }
            return (TypeAdapter<D>) adapter(gson, (Class<? extends KubernetesObject>)
                    ((ParameterizedType) type.getType()).getActualTypeArguments()[0]);
        }

        private static <T extends KubernetesObject> TypeAdapter<Decoded<T>> adapter(Gson gson, Class<T> type) {
            TypeAdapter<JsonElement> tree = gson.getAdapter(JsonElement.class);
            return new TypeAdapter<>() {
                @Override
                public void write(JsonWriter out, Decoded<T> value) throws IOException {
                    gson.toJson(value.object, type, out);
                }

                @Override
                public Decoded<T> read(JsonReader in) throws IOException {
                    return of(type, tree.read(in).getAsJsonObject(), gson);
                }
            };
        }
    }
}
