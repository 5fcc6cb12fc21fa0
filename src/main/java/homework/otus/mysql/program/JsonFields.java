package homework.otus.mysql.program;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object whose values are strings, whole numbers and booleans: all that the archive's files are made of. Refuses what
 * could deceive: a field given twice, a nested value, a number that is no long, anything after the object. Read token by
 * token, because trees are laxer: Gson's keeps the last of two fields.
 */
public final class JsonFields {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Map<String, Object> fields = new LinkedHashMap<>();

    /** @throws IOException if the text isn't one such object and nothing else */
    public static JsonFields parse(String text) throws IOException {
        JsonFields object = new JsonFields();
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object");
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                @Nullable
                Object value = switch (parser.nextToken()) {
                    case VALUE_STRING -> parser.getText();
                    case VALUE_NUMBER_INT -> parser.getLongValue();
                    case VALUE_TRUE -> true;
                    case VALUE_FALSE -> false;
                    case VALUE_NULL -> null;
                    default -> throw new IOException("unexpected kind of value in field " + name);
                };
                if (value != null) {
                    object.fields.put(name, value);
                }
            }
            if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
                throw new IOException("not one JSON object");
            }
        }
        return object;
    }

    /** Adds a field; one without a value is left out. */
    public JsonFields with(String name, @Nullable Object value) {
        if (value instanceof Long || value instanceof Boolean) {
            fields.put(name, value);
        } else if (value != null) {
            fields.put(name, value.toString());
        }
        return this;
    }

    public Set<String> names() {
        return fields.keySet();
    }

    @Nullable
    public String optionalString(String name) throws IOException {
        return optional(name, String.class);
    }

    public String string(String name) throws IOException {
        return required(name, optional(name, String.class));
    }

    /** A size or a count. */
    public long natural(String name) throws IOException {
        long value = required(name, optional(name, Long.class));
        if (value < 0) {
            throw new IOException("field " + name + " is negative");
        }
        return value;
    }

    public Instant instant(String name) throws IOException {
        String text = string(name);
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IOException("field " + name + " is not a time", e);
        }
    }

    public @Nullable Boolean optionalBoolean(String name) throws IOException {
        return optional(name, Boolean.class);
    }

    /** One line. */
    public String toLine() {
        return write(false);
    }

    /** Indented, for people. */
    public String toText() {
        return write(true) + "\n";
    }

    private String write(boolean indented) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            if (indented) {
                generator.setPrettyPrinter(new DefaultPrettyPrinter());
            }
            generator.writeStartObject();
            for (Map.Entry<String, Object> field : fields.entrySet()) {
                generator.writeFieldName(field.getKey());
                if (field.getValue() instanceof Long number) {
                    generator.writeNumber(number);
                } else if (field.getValue() instanceof Boolean flag) {
                    generator.writeBoolean(flag);
                } else {
                    generator.writeString(field.getValue().toString());
                }
            }
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private <T> @Nullable T optional(String name, Class<T> kind) throws IOException {
        Object value = fields.get(name);
        if (value == null) {
            return null;
        }
        if (!kind.isInstance(value)) {
            throw new IOException("field " + name + " is of the wrong kind");
        }
        return kind.cast(value);
    }

    private static <T> T required(String name, @Nullable T value) throws IOException {
        if (value == null) {
            throw new IOException("field " + name + " is missing");
        }
        return value;
    }
}
