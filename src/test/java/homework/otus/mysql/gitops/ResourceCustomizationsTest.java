package homework.otus.mysql.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.gitops.Customizations.Action;
import homework.otus.mysql.gitops.Customizations.Discovery;
import homework.otus.mysql.gitops.Customizations.Health;
import homework.otus.mysql.step.Reason;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** What Argo CD shows of a MySQL and offers to do with it. ArgoCdSettingsIT asks the same of Argo CD itself. */
class ResourceCustomizationsTest {

    @ParameterizedTest
    @MethodSource
    void healthIs(Health expected) {
        assertThat(health(Customizations.load(expected.input())))
                .containsEntry("status", expected.status())
                .containsEntry("message", expected.message());
    }

    static Stream<Health> healthIs() {
        return Customizations.healthTests();
    }

    @ParameterizedTest
    @MethodSource
    void actionsAreOffered(Discovery expected) {
        Map<String, Object> offered = run(Customizations.discovery(), Customizations.load(expected.input()));
        assertThat(offered.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                entry -> Customizations.map(entry.getValue()).get("disabled"))))
                .isEqualTo(expected.disabled());
    }

    static Stream<Discovery> actionsAreOffered() {
        return Customizations.discoveryTests();
    }

    @ParameterizedTest
    @MethodSource
    void anActionChanges(Action action) {
        Map<String, Object> after = run(Customizations.action(action.name()), Customizations.load(action.input()));
        assertThat(timeless(after)).isEqualTo(timeless(sorted(Customizations.load(action.output()))));
    }

    private static String timeless(Map<String, Object> object) {
        return Customizations.timeless(new Yaml().dump(object));
    }

    static Stream<Action> anActionChanges() {
        return Customizations.actionTests();
    }

    // The script names the reasons that ask for nobody; a new one of the operator's has to be thought of.
    @ParameterizedTest
    @EnumSource(Reason.class)
    void aReasonThatWarnsIsDegradedAndNoOtherIs(Reason reason) {
        String status = health(mysql("False", reason)).get("status").toString();
        assertThat(status.equals("Degraded")).isEqualTo(reason.warns());
    }

    // They are put into a YAML text in single quotes, which has them in one line.
    @Test
    void scriptsOfActionsHaveNeitherCommentsNorSingleQuotes() {
        assertThat(Stream.concat(
                        Stream.of(Customizations.discovery()),
                        Customizations.actionTests().map(action -> Customizations.action(action.name()))))
                .allSatisfy(script -> assertThat(script).doesNotContain("--", "'"));
    }

    private static Map<String, Object> mysql(String ready, Reason reason) {
        Map<String, Object> condition =
                Map.of("type", "Ready", "status", ready, "reason", reason.name(), "message", "what is the case");
        return Map.of(
                "metadata", Map.of("generation", 1),
                "spec", Map.of(),
                "status", Map.of("observedGeneration", 1, "conditions", List.of(condition)));
    }

    private static Map<String, Object> health(Map<String, Object> mysql) {
        return run(Customizations.health(), mysql);
    }

    private static Map<String, Object> run(String script, Map<String, Object> mysql) {
        return sorted(Customizations.map(LuaScript.run(script, mysql)));
    }

    /** Lua's tables have no order. */
    private static Map<String, Object> sorted(Map<String, Object> object) {
        Map<String, Object> sorted = new TreeMap<>();
        object.forEach((key, value) ->
                sorted.put(key, value instanceof Map<?, ?> ? sorted(Customizations.map(value)) : value));
        return sorted;
    }
}
