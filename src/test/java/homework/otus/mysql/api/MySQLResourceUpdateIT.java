package homework.otus.mysql.api;

import static homework.otus.mysql.api.Manifest.valid;
import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.testing.Kubectl;
import homework.otus.mysql.testing.ThrowawayNamespace;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be changed in a MySQL that exists. */
@ExtendWith(InstalledDefinition.class)
class MySQLResourceUpdateIT {

    @RegisterExtension
    static final ThrowawayNamespace NAMESPACE = new ThrowawayNamespace();

    private static final Manifest EXISTING = valid().with("image", "nowhere.invalid/mysql:9.7");

    @BeforeAll
    static void createOne() {
        NAMESPACE
                .kubectl()
                .runWithInput(EXISTING.yaml(), "apply", "--filename=-")
                .orFail();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1024Mi", "1Gi", "1.0Gi", "1025Mi", "2Gi"})
    void theStorageStaysOrGrows(String size) {
        assertThat(dryRun(EXISTING.with("storage_size", size)).exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1023Mi", "1G", "1"})
    void theStorageDoesNotShrink(String size) {
        assertThat(dryRun(EXISTING.with("storage_size", size)).errors())
                .contains("spec.storage_size: Invalid value")
                .contains("can't be made smaller, because volumes don't shrink");
    }

    @Test
    void theDatabaseKeepsItsName() {
        assertThat(dryRun(EXISTING.with("database", "another")).errors())
                .contains("spec.database: Invalid value")
                .contains("can't be changed; create another MySQL for another database");
    }

    @ParameterizedTest
    @CsvSource({"password, another", "image, mysql:9.8"})
    void theRestMayChange(String field, String value) {
        assertThat(dryRun(EXISTING.with(field, value)).orFail()).endsWith("configured (server dry run)\n");
    }

    private static Kubectl.Outcome dryRun(Manifest manifest) {
        return NAMESPACE.kubectl().runWithInput(manifest.yaml(), "apply", "--dry-run=server", "--filename=-");
    }
}
