package homework.otus.mysql.api;

import static homework.otus.mysql.api.Manifest.valid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import homework.otus.mysql.testing.Kubectl;
import homework.otus.mysql.testing.ThrowawayNamespace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be changed in a MySQL that exists. */
@ExtendWith(InstalledDefinition.class)
class MySQLResourceUpdateIT {

    @RegisterExtension
    static final ThrowawayNamespace NAMESPACE = new ThrowawayNamespace();

    private static final Manifest EXISTING = valid().with("image", "nowhere.invalid/mysql:9.7");

    private static final Map<String, String> VARIABLES = Map.of(
            "lower_case_table_names", "1",
            "innodb_page_size", "64k",
            "innodb_data_file_path", "ibdata1:64M:autoextend",
            "max_connections", "200");

    private static final String PASSWORD_MISSING =
            "set password, or passwordSecretRef to take the password from a Secret";
    private static final String CLASS_STAYS =
            "can't be set, changed or removed later, because volumes don't change their class";
    private static final String BACKUP_SHRINKS =
            "can't make the backup volume smaller than it was (as large as storage_size where this was absent), because "
                    + "volumes don't shrink";

    /** Another, with what is fixed from the beginning where it is set. */
    private static final Manifest CHOSEN = EXISTING.named("chosen")
            .without("password")
            .with("passwordSecretRef", Map.of("name", "root", "key", "password"))
            .with("storageClassName", "fast")
            .with("config", VARIABLES)
            .with("backup", Map.of("storageSize", "2Gi", "storageClassName", "slow"));

    @BeforeAll
    static void createBoth() {
        for (var manifest : List.of(EXISTING, CHOSEN)) {
            NAMESPACE
                    .kubectl()
                    .runWithInput(manifest.yaml(), "apply", "--filename=-")
                    .orFail();
        }
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

    static Stream<Manifest> accepted() {
        return Stream.of(
                EXISTING.without("password").with("passwordSecretRef", Map.of("name", "root", "key", "password")),
                CHOSEN.with("passwordSecretRef", Map.of("name", "another", "key", "password")),
                CHOSEN.without("passwordSecretRef").with("password", "another"),
                EXISTING.with("config", Map.of("max_connections", "100")),
                CHOSEN.with("config", config("max_connections", "100")),
                CHOSEN.with("config", config("max_connections", null)),
                // As large as the data volume, then larger.
                EXISTING.with("backup", Map.of("storageSize", "1Gi")),
                EXISTING.with("backup", Map.of("storageSize", "10Gi")),
                EXISTING.with("storage_size", "2Gi").with("backup", Map.of("storageSize", "1Gi")),
                CHOSEN.with("backup", Map.of("storageSize", "2048Mi", "storageClassName", "slow")),
                CHOSEN.with("backup", Map.of("storageSize", "3Gi", "storageClassName", "slow")),
                CHOSEN.with("storage_size", "2Gi").with("backup", Map.of("storageClassName", "slow")),
                EXISTING.with("backup", Map.of("retain", 5)),
                EXISTING.with("resources", Map.of("limits", Map.of("memory", "1Gi"))),
                EXISTING.with("nodeSelector", Map.of("disk", "ssd")),
                EXISTING.with("podSecurityContext", Map.of("runAsUser", 1001)),
                EXISTING.with("imageChange", Map.of("backup", false)),
                EXISTING.with("accessMode", "ReadWriteOnce"),
                EXISTING.with("deletionPolicy", "Retain"),
                EXISTING.with("restorePolicy", "Never"),
                EXISTING.with("paused", true));
    }

    @ParameterizedTest
    @MethodSource
    void accepted(Manifest manifest) {
        assertThat(dryRun(manifest).orFail()).endsWith("configured (server dry run)\n");
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments(EXISTING.without("password"), "spec.password: Required value: " + PASSWORD_MISSING),
                arguments(
                        CHOSEN.with("password", "another"),
                        "spec.passwordSecretRef: Forbidden: can't be set together with password; remove one of the two"),
                arguments(
                        EXISTING.with("storageClassName", "fast"), "spec.storageClassName: Forbidden: " + CLASS_STAYS),
                arguments(EXISTING.with("storageClassName", ""), "spec.storageClassName: Forbidden: " + CLASS_STAYS),
                arguments(CHOSEN.with("storageClassName", "slow"), "spec.storageClassName: Forbidden: " + CLASS_STAYS),
                arguments(CHOSEN.without("storageClassName"), "spec.storageClassName: Forbidden: " + CLASS_STAYS),
                arguments(
                        EXISTING.with("backup", Map.of("storageClassName", "slow")),
                        "spec.backup.storageClassName: Forbidden: " + CLASS_STAYS),
                arguments(
                        CHOSEN.with("backup", Map.of("storageSize", "2Gi", "storageClassName", "fast")),
                        "spec.backup.storageClassName: Forbidden: " + CLASS_STAYS),
                arguments(
                        CHOSEN.with("backup", Map.of("storageSize", "2Gi")),
                        "spec.backup.storageClassName: Forbidden: " + CLASS_STAYS),
                arguments(CHOSEN.without("backup"), "spec.backup.storageClassName: Forbidden: " + CLASS_STAYS),
                arguments(
                        EXISTING.with("accessMode", "ReadWriteOncePod"),
                        "spec.accessMode: Forbidden: can't be changed, because volumes don't change their access mode"),
                arguments(
                        EXISTING.with("backup", Map.of("storageSize", "1023Mi")),
                        "spec.backup.storageSize: Forbidden: " + BACKUP_SHRINKS),
                arguments(
                        CHOSEN.with("backup", Map.of("storageSize", "1Gi", "storageClassName", "slow")),
                        "spec.backup.storageSize: Forbidden: " + BACKUP_SHRINKS),
                arguments(
                        CHOSEN.with("backup", Map.of("storageClassName", "slow")),
                        "spec.backup.storageSize: Forbidden: " + BACKUP_SHRINKS));
    }

    @ParameterizedTest
    @MethodSource
    void refused(Manifest manifest, String reason) {
        assertThat(dryRun(manifest).errors()).contains("is invalid").contains(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "lower_case_table_names, 0, MySQL fixes it when it initialises the data directory",
        "innodb_page_size, 16k, MySQL fixes it when it initialises the data directory",
        "innodb_data_file_path, ibdata1:12M, InnoDB makes these files when it initialises the data directory"
    })
    void whatADataDirectoryIsMadeWithStays(String variable, String value, String reason) {
        for (var manifest : List.of(
                EXISTING.with("config", Map.of(variable, value)),
                CHOSEN.with("config", config(variable, value)),
                CHOSEN.with("config", config(variable, null)),
                CHOSEN.without("config"))) {
            assertThat(dryRun(manifest).errors())
                    .contains(
                            "spec.config[" + variable + "]: Forbidden: can't be set, changed or removed later, because "
                                    + reason + "; create another MySQL with it");
        }
    }

    /** The chosen one with one variable changed, or removed where the value is null. */
    private static Map<String, Object> config(String variable, @Nullable String value) {
        var config = new HashMap<String, Object>(VARIABLES);
        if (value == null) {
            config.remove(variable);
        } else {
            config.put(variable, value);
        }
        return config;
    }

    private static Kubectl.Outcome dryRun(Manifest manifest) {
        return NAMESPACE.kubectl().runWithInput(manifest.yaml(), "apply", "--dry-run=server", "--filename=-");
    }
}
