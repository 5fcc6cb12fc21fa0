package homework.otus.mysql.kube;

import com.google.gson.Gson;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import io.kubernetes.client.openapi.JSON;
import java.io.IOException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON that client-java should speak. Its own Gson throws on every field that its model does not know, so that a newer
 * API server breaks the watches; and it writes each unset list and map as {@code []} and {@code {}}, which server-side
 * apply would then own.
 */
public final class K8sJson {
    private static final DateTimeFormatter MICRO_TIME = new DateTimeFormatterBuilder()
            .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
            .append(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss"))
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 6, 6, true)
            .optionalEnd()
            .appendLiteral("Z")
            .toFormatter()
            .withZone(ZoneOffset.UTC);

    private K8sJson() {}

    /** Replaces client-java's Gson in this process; to be called before its first use. */
    public static void install() {
        JSON.setGson(create());
    }

    static Gson create() {
        return JSON.createGson()
                .registerTypeAdapter(OffsetDateTime.class, new JSON.OffsetDateTimeTypeAdapter(MICRO_TIME))
                .registerTypeAdapter(LocalDate.class, new JSON.LocalDateTypeAdapter())
                .registerTypeAdapter(byte[].class, new JSON.ByteArrayAdapter())
                .registerTypeAdapterFactory(new SkipEmpty())
                .create();
    }

    private static final class SkipEmpty implements TypeAdapterFactory {
        @Override
        public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
            Class<?> raw = type.getRawType();
            if (!Collection.class.isAssignableFrom(raw) && !Map.class.isAssignableFrom(raw)) {
                return null;
            }
            TypeAdapter<T> delegate = gson.getDelegateAdapter(this, type);
            return new TypeAdapter<>() {
                @Override
                public void write(JsonWriter out, @Nullable T value) throws IOException {
                    boolean empty = value == null
                            || value instanceof Collection<?> c && c.isEmpty()
                            || value instanceof Map<?, ?> m && m.isEmpty();
                    if (empty) {
                        out.nullValue();
                    } else {
                        delegate.write(out, value);
                    }
                }

                @Override
                public T read(JsonReader in) throws IOException {
                    return delegate.read(in);
                }
            };
        }
    }
}
