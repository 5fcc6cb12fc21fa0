package homework.otus.mysql.gitops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** Argo CD's customizations for a MySQL, and the cases that they are tested with, both in Argo CD's own layout. */
final class Customizations {
    private static final Path FOLDER = Path.of("argocd/resource_customizations/otus.homework/MySQL");
    private static final Path ACTIONS = FOLDER.resolve("actions");

    private Customizations() {}

    /** What Argo CD is to show of a MySQL. */
    record Health(Path input, String status, String message) {
        @Override
        public String toString() {
            return input.getFileName() + " is " + status;
        }
    }

    /** Which actions are offered for a MySQL, and whether they are disabled. */
    record Discovery(Path input, Map<String, Boolean> disabled) {
        @Override
        public String toString() {
            return input.getFileName().toString();
        }
    }

    /** A MySQL before and after an action. */
    record Action(String name, Path input, Path output) {
        @Override
        public String toString() {
            return name + " " + input.getFileName();
        }
    }

    static Stream<Health> healthTests() {
        return list(load(FOLDER.resolve("health_test.yaml")), "tests").map(test -> {
            Map<String, Object> expected = map(test.get("healthStatus"));
            return new Health(
                    FOLDER.resolve(text(test, "inputPath")), text(expected, "status"), text(expected, "message"));
        });
    }

    static Stream<Discovery> discoveryTests() {
        return list(load(ACTIONS.resolve("action_test.yaml")), "discoveryTests")
                .map(test -> new Discovery(
                        ACTIONS.resolve(text(test, "inputPath")),
                        list(test, "result").collect(Collectors.toMap(action -> text(action, "name"), action ->
                                (Boolean) action.get("disabled")))));
    }

    static Stream<Action> actionTests() {
        return list(load(ACTIONS.resolve("action_test.yaml")), "actionTests")
                .map(test -> new Action(
                        text(test, "action"),
                        ACTIONS.resolve(text(test, "inputPath")),
                        ACTIONS.resolve(text(test, "expectedOutputPath"))));
    }

    static String health() {
        return read(FOLDER.resolve("health.lua"));
    }

    static String discovery() {
        return read(ACTIONS.resolve("discovery.lua"));
    }

    static String action(String name) {
        return read(ACTIONS.resolve(name).resolve("action.lua"));
    }

    static Map<String, Object> load(Path file) {
        return map(new Yaml().load(read(file)));
    }

    /** In which each time is the one that stands for any in Argo CD's own tests. */
    static String timeless(String yaml) {
        return yaml.replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ", "0001-01-01T00:00:00Z");
    }

    private static Stream<Map<String, Object>> list(Map<String, Object> object, String field) {
        return ((List<?>) object.get(field)).stream().map(Customizations::map);
    }

    private static String text(Map<String, Object> object, String field) {
        return (String) object.get(field);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object yaml) {
        return (Map<String, Object>) yaml;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
