package homework.otus.mysql.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.gitops.Customizations.Action;
import homework.otus.mysql.gitops.Customizations.Discovery;
import homework.otus.mysql.gitops.Customizations.Health;
import homework.otus.mysql.testing.Cluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Argo CD's own program makes of the customizations, in the ConfigMap as users apply it. */
@Tag("argocd")
class ArgoCdSettingsIT {
    private static final Path ARGOCD = Path.of(".testbed/bin/argocd");
    private static final Pattern OFFERED = Pattern.compile("(?m)^(\\w+)\\s+(true|false)$");

    @TempDir
    private static Path folder;

    private static Path settings;

    @BeforeAll
    static void buildTheConfigMap() throws IOException {
        settings = folder.resolve("argocd-cm.yaml");
        Files.writeString(
                settings,
                Cluster.current().kubectl().run("kustomize", "argocd/argocd-cm").orFail());
    }

    @ParameterizedTest
    @MethodSource
    void healthIs(Health expected) throws Exception {
        assertThat(overrides("health", expected.input()))
                .isEqualTo("STATUS: " + expected.status() + "\nMESSAGE: " + expected.message());
    }

    static Stream<Health> healthIs() {
        return Customizations.healthTests();
    }

    @ParameterizedTest
    @MethodSource
    void actionsAreOffered(Discovery expected) throws Exception {
        Map<String, Boolean> offered = new TreeMap<>();
        Matcher action = OFFERED.matcher(overrides("list-actions", expected.input()));
        while (action.find()) {
            offered.put(action.group(1), Boolean.valueOf(action.group(2)));
        }
        assertThat(offered).isEqualTo(expected.disabled());
    }

    static Stream<Discovery> actionsAreOffered() {
        return Customizations.discoveryTests();
    }

    @ParameterizedTest
    @MethodSource
    void anActionChanges(Action action) throws Exception {
        String difference = overrides("run-action", action.input(), action.name());
        Set<String> before = lines(Files.readString(action.input()), "");
        Set<String> after = lines(Files.readString(action.output()), "");
        assertThat(without(lines(difference, ">"), lines(difference, "<"))).isEqualTo(without(after, before));
        assertThat(without(lines(difference, "<"), lines(difference, ">"))).isEqualTo(without(before, after));
    }

    static Stream<Action> anActionChanges() {
        return Customizations.actionTests();
    }

    /** The lines with this mark, of whatever indentation and quotes. */
    private static Set<String> lines(String text, String mark) {
        return Customizations.timeless(text)
                .lines()
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(mark.length()).replace("\"", "").strip())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> without(Set<String> lines, Set<String> others) {
        Set<String> rest = new TreeSet<>(lines);
        rest.removeAll(others);
        return rest;
    }

    private static String overrides(String command, Path input, String... more) throws Exception {
        List<String> words = new ArrayList<>(
                List.of(ARGOCD.toString(), "admin", "settings", "resource-overrides", command, input.toString()));
        words.addAll(List.of(more));
        words.add("--argocd-cm-path=" + settings);
        ProcessBuilder builder = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD);
        // It leaves files behind.
        builder.environment().put("TMPDIR", folder.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(words + "\n" + output).isZero();
        return output.strip();
    }
}
