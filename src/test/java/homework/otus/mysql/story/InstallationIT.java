package homework.otus.mysql.story;

import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.testing.Cluster;
import homework.otus.mysql.testing.InstalledOperator;
import homework.otus.mysql.testing.Kubectl;
import homework.otus.mysql.testing.OnInstalledOperator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests, as users apply them. */
@Isolated("Changes how the operator is installed")
@OnInstalledOperator
class InstallationIT {
    private static final Kubectl KUBECTL = Cluster.current().kubectl();
    private static final Path MANIFESTS = Path.of("kustomize");

    @TempDir
    private static Path folder;

    @AfterAll
    static void installAsBefore() {
        apply(MANIFESTS.resolve("overlays/minikube"));
        InstalledOperator.kubectl()
                .run("delete", "poddisruptionbudget", "mysql-operator")
                .orFail();
        InstalledOperator.scale(1);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void anOverlayThatIsAppliedAgainChangesNothing(Path overlay) {
        apply(overlay);
        String generation = generationOfBudget();
        // kubectl always sends the selector of a budget, which is to be replaced as a whole, and says "configured"
        // then.
        assertThat(apply(overlay).lines())
                .hasSizeGreaterThan(8)
                .allMatch(line -> line.endsWith(" unchanged") || line.startsWith("poddisruptionbudget"));
        assertThat(generationOfBudget()).isEqualTo(generation);
    }

    // Strict: an unknown or doubled field is refused, too.
    @ParameterizedTest
    @MethodSource({"overlays", "components"})
    void theApiServerTakesEveryObject(Path kustomization) {
        dryRun(KUBECTL.run("kustomize", kustomization.toString()).orFail());
    }

    @Test
    void theApiServerTakesEverySample() throws IOException {
        for (Path sample : list(MANIFESTS.resolve("samples"))) {
            dryRun(Files.readString(sample));
        }
    }

    static List<Path> overlays() throws IOException {
        return list(MANIFESTS.resolve("overlays"));
    }

    /** Each together with the base. */
    static Stream<Path> components() throws IOException {
        Path components = MANIFESTS.resolve("components");
        return Files.isDirectory(components) ? list(components).stream().map(InstallationIT::withBase) : Stream.empty();
    }

    private static Path withBase(Path component) {
        try {
            Path kustomization = folder.toRealPath().resolve(component.getFileName());
            Files.createDirectories(kustomization);
            Files.writeString(
                    kustomization.resolve("kustomization.yaml"),
                    "resources: [%s]%ncomponents: [%s]%n"
                            .formatted(
                                    kustomization.relativize(
                                            MANIFESTS.resolve("base").toRealPath()),
                                    kustomization.relativize(component.toRealPath())));
            return kustomization;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** Empty where the overlay has none. */
    private static String generationOfBudget() {
        return InstalledOperator.kubectl()
                .run("get", "poddisruptionbudgets", "--output=jsonpath={.items[*].metadata.generation}")
                .orFail();
    }

    private static void dryRun(String manifests) {
        KUBECTL.runWithInput(manifests, "apply", "--dry-run=server", "--validate=strict", "--filename=-")
                .orFail();
    }

    private static String apply(Path kustomization) {
        return KUBECTL.runWithInput(
                        KUBECTL.run("kustomize", kustomization.toString()).orFail(), "apply", "--filename=-")
                .orFail();
    }
}
