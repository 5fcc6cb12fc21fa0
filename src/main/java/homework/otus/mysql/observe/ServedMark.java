package homework.otus.mysql.observe;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the data claim says of the database on its volume. That it is there means: a server has served from this volume,
 * so that it can't be empty.
 *
 * @param variant the last server that became ready on the volume; null where the mark can't be read
 * @param failing that server did not answer when it was stopped
 * @param restoredFor the uid of the MySQL object whose restore has brought the data; null where it came from none
 */
public record ServedMark(
        @Nullable ServerVariant variant,
        boolean failing,
        @Nullable String restoredFor) {
    private static final String IMAGE = "image";
    private static final String CONFIG = "config";
    private static final String FAILING = "failing";
    private static final String RESTORED_FOR = "restoredFor";

    public static ServedMark of(ServerVariant variant) {
        return new ServedMark(variant, false, null);
    }

    /** As in {@code {"image":"mysql:9.7","config":{"max_connections":"200"}}}. */
    public String toJson() {
        JsonObject json = new JsonObject();
        if (variant != null) {
            JsonObject config = new JsonObject();
            variant.config().forEach(config::addProperty);
            json.addProperty(IMAGE, variant.image());
            json.add(CONFIG, config);
        }
        if (failing) {
            json.addProperty(FAILING, true);
        }
        if (restoredFor != null) {
            json.addProperty(RESTORED_FOR, restoredFor);
        }
        return json.toString();
    }

    /** Whatever the text is, there is a mark. */
    public static ServedMark parse(String json) {
        try {
            JsonObject object = JsonParser.parseString(json).getAsJsonObject();
            Map<String, String> config = new TreeMap<>();
            for (Map.Entry<String, JsonElement> entry :
                    object.getAsJsonObject(CONFIG).entrySet()) {
                config.put(entry.getKey(), entry.getValue().getAsString());
            }
            return new ServedMark(
                    new ServerVariant(object.get(IMAGE).getAsString(), config),
                    object.has(FAILING) && object.get(FAILING).getAsBoolean(),
                    object.has(RESTORED_FOR) ? object.get(RESTORED_FOR).getAsString() : null);
        } catch (JsonParseException
                | IllegalStateException
                | UnsupportedOperationException
                | ClassCastException
                | NullPointerException e) {
            return new ServedMark(null, false, null);
        }
    }
}
