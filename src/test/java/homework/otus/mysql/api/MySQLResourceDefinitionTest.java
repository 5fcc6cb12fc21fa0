package homework.otus.mysql.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
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
    }

    @Test
    void everyFieldHasADescription() {
        assertThat(at("spec").values()).allSatisfy(MySQLResourceDefinitionTest::isDescribed);
        assertThat(at("status").values()).allSatisfy(MySQLResourceDefinitionTest::isDescribed);
        assertThat(at("status", "lastBackup").values()).allSatisfy(MySQLResourceDefinitionTest::isDescribed);
    }

    @Test
    void theDefinitionIsFarSmallerThanKubectlApplyTakes() throws IOException {
        assertThat(Files.size(FILE)).isLessThan(LARGEST_APPLIED_BYTES / 4);
    }

    private static void isDescribed(Object field) {
        assertThat(map(field)).containsKey("description");
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
