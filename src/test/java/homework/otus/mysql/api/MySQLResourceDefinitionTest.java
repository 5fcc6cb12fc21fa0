package homework.otus.mysql.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.annotations.SerializedName;
import io.kubernetes.client.openapi.models.V1Affinity;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class MySQLResourceDefinitionTest {

    private static final Path FILE = Path.of("kustomize/base/crd/mysqls.otus.homework.yaml");

    /** From here on, {@code kubectl apply} can't keep the object in its annotation. */
    private static final int LARGEST_APPLIED_BYTES = 262_144;

    private final Map<String, Object> schema = schema();

    // The API server drops what the schema doesn't name: the status would differ from the wanted one for ever.
    @Test
    void everyFieldOfTheStatusIsInTheSchema() {
        assertThat(at("status").keySet()).isEqualTo(components(MySQLStatus.class));
        assertThat(at("status", "lastBackup").keySet()).isEqualTo(components(BackupRecord.class));
        assertThat(at("status", "binding").keySet()).isEqualTo(components(Binding.class));
    }

    @Test
    void everyFieldOfTheSpecIsInTheSchema() {
        assertThat(at("spec").keySet()).isEqualTo(serialized(MySQLSpec.class).keySet());
        assertThat(at("spec", "passwordSecretRef").keySet()).isEqualTo(components(SecretKeyRef.class));
        assertThat(at("spec", "backup").keySet()).isEqualTo(components(BackupSpec.class));
        assertThat(at("spec", "imageChange").keySet()).isEqualTo(components(ImageChangeSpec.class));
        assertThat(at("spec", "affinity").keySet())
                .isEqualTo(serialized(V1Affinity.class).keySet());
    }

    // The API server would take such a field, and Gson would drop it.
    @Test
    void everyFieldOfTheSchemaIsInTheSpecsTypes() {
        everyFieldIsIn(MySQLSpec.class, map(schema.get("spec")), "spec");
    }

    // What the API server would take and Java's int or long would not, no client could read.
    @Test
    void everyNumberOfTheSpecHasLimitsThatItsTypeHolds() {
        everyNumberIsLimited(map(schema.get("spec")), "spec");
    }

    private static void everyNumberIsLimited(Map<String, Object> field, String path) {
        if ("integer".equals(field.get("type"))) {
            assertThat(field).as(path).containsKeys("minimum", "maximum");
            assertThat(((Number) field.get("minimum")).longValue()).as(path).isNotNegative();
            assertThat(((Number) field.get("maximum")).longValue()).as(path).isLessThanOrEqualTo(Integer.MAX_VALUE);
        }
        forEachPart(field, path, MySQLResourceDefinitionTest::everyNumberIsLimited);
    }

    // The operator keeps them all in its memory.
    @Test
    void nothingInASpecGrowsWithoutALimit() {
        everySizeIsLimited(map(schema.get("spec")), "spec");
    }

    private static void everySizeIsLimited(Map<String, Object> field, String path) {
        if ("array".equals(field.get("type"))) {
            assertThat(field).as(path).containsKey("maxItems");
        }
        if (field.containsKey("additionalProperties")) {
            assertThat(field).as(path).containsKey("maxProperties");
        }
        if ("string".equals(field.get("type"))) {
            assertThat(field.keySet()).as(path).containsAnyOf("maxLength", "enum");
        }
        assertThat(field).as(path).doesNotContainKey("x-kubernetes-preserve-unknown-fields");
        forEachPart(field, path, MySQLResourceDefinitionTest::everySizeIsLimited);
    }

    private static void forEachPart(
            Map<String, Object> field, String path, BiConsumer<Map<String, Object>, String> test) {
        for (String part : List.of("properties", "items", "additionalProperties")) {
            Map<String, Object> inner = field.containsKey(part) ? map(field.get(part)) : Map.of();
            if (part.equals("properties")) {
                inner.forEach((name, value) -> test.accept(map(value), path + "." + name));
            } else if (!inner.isEmpty()) {
                test.accept(inner, path + "." + part);
            }
        }
    }

    @Test
    void everyFieldHasADescription() {
        everyFieldIsDescribed(map(schema.get("spec")), "spec");
        everyFieldIsDescribed(map(schema.get("status")), "status");
    }

    // What the API server adds to a spec, Argo CD finds to differ from what is in Git.
    @Test
    void nothingIsAddedToASpec() {
        assertThat(new Gson().toJson(schema.get("spec"))).doesNotContain("\"default\":");
    }

    // kstatus, by which Flux waits, takes an object without any condition for ready.
    @Test
    void aNewObjectHasAStatusThatSpeaksOfNoGeneration() {
        assertThat(map(schema.get("status"))).containsEntry("default", Map.of("observedGeneration", -1));
    }

    // An empty list or map is gone when the API server has stored the definition, so Argo CD finds that it differs.
    @Test
    void nothingInTheDefinitionIsEmpty() throws IOException {
        nothingIsEmpty(new Yaml().load(Files.readString(FILE)), "");
    }

    @Test
    void theDefinitionIsFarSmallerThanKubectlApplyTakes() {
        assertThat(new Gson().toJson(schema).length()).isLessThan(LARGEST_APPLIED_BYTES / 4);
    }

    private static void nothingIsEmpty(Object yaml, String path) {
        if (yaml instanceof Map<?, ?> fields) {
            assertThat(fields.isEmpty() && !path.equals(".spec.versions[].subresources.status"))
                    .as(path)
                    .isFalse();
            fields.forEach((name, field) -> nothingIsEmpty(field, path + "." + name));
        } else if (yaml instanceof Collection<?> items) {
            assertThat(items).as(path).isNotEmpty();
            items.forEach(item -> nothingIsEmpty(item, path + "[]"));
        }
    }

    private static void everyFieldIsDescribed(Map<String, Object> schema, String path) {
        fields(schema).forEach((name, field) -> {
            assertThat(map(field)).as(path + "." + name).containsKey("description");
            everyFieldIsDescribed(map(field), path + "." + name);
        });
    }

    private static void everyFieldIsIn(Type type, Map<String, Object> schema, String path) {
        var generic = type instanceof ParameterizedType ? (ParameterizedType) type : null;
        var raw = (Class<?>) (generic == null ? type : generic.getRawType());
        if (generic != null && Collection.class.isAssignableFrom(raw)) {
            assertThat(schema).as(path).containsEntry("type", "array");
            everyFieldIsIn(generic.getActualTypeArguments()[0], map(schema.get("items")), path);
            return;
        }
        var types = serialized(raw);
        fields(schema).forEach((name, field) -> {
            assertThat(types).as(path).containsKey(name);
            everyFieldIsIn(types.get(name), map(field), path + "." + name);
        });
    }

    /** The fields of an object, or of a list's items. */
    private static Map<String, Object> fields(Map<String, Object> schema) {
        var object = schema.containsKey("items") ? map(schema.get("items")) : schema;
        return object.containsKey("properties") ? map(object.get("properties")) : Map.of();
    }

    /** What Gson fills, by the name in JSON. */
    private static Map<String, Type> serialized(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .collect(Collectors.toMap(
                        field -> field.isAnnotationPresent(SerializedName.class)
                                ? field.getAnnotation(SerializedName.class).value()
                                : field.getName(),
                        Field::getGenericType));
    }

    private static Set<String> components(Class<?> record) {
        return Arrays.stream(record.getRecordComponents())
                .map(component -> component.getName())
                .collect(Collectors.toSet());
    }

    private Map<String, Object> at(String... path) {
        var properties = schema;
        for (var field : path) {
            properties = map(map(properties.get(field)).get("properties"));
        }
        return properties;
    }

    private static Map<String, Object> schema() {
        try {
            var definition = map(new Yaml().load(Files.readString(FILE)));
            var versions = (Iterable<?>) map(definition.get("spec")).get("versions");
            var version = map(versions.iterator().next());
            return map(map(map(version.get("schema")).get("openAPIV3Schema")).get("properties"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object yaml) {
        return (Map<String, Object>) yaml;
    }
}
