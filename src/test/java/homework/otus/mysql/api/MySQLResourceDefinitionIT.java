package homework.otus.mysql.api;

import static homework.otus.mysql.api.Manifest.valid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import homework.otus.mysql.testing.Kubectl;
import homework.otus.mysql.testing.ThrowawayNamespace;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API server itself accepts and refuses, and in which words. */
@ExtendWith(InstalledDefinition.class)
class MySQLResourceDefinitionIT {

    private static final String NAME_CHARACTERS =
            "use a name of lower case letters, digits and '-' that starts with a letter and ends with a letter or digit, "
                    + "because a Service gets this name";
    private static final String NAME_LENGTH =
            "use a name of at most 47 characters, because the names of its Jobs are made from it and end at 63";
    private static final String NAME_PREFIX =
            "use a name that doesn't start with 'backup-', because its data volume would be called like the backup "
                    + "volume of another MySQL";
    private static final String IMAGE =
            "must be an image reference such as mysql:9.7 or registry.example:5000/team/mysql:9.7";
    private static final String DATABASE_CHARACTERS =
            "must consist of letters, digits, '_' and '-', and not start with '-'";
    private static final String DATABASE_RESERVED =
            "must not be mysql, sys, information_schema or performance_schema, which are MySQL's own";
    private static final String DATABASE_FILE = "must not be the name of a file that MySQL keeps in its data directory";
    private static final String DATABASE_HYPHENS =
            "must not have more than 47 '-', because the database's directory could not be created";
    private static final String PASSWORD_BYTES =
            "must be at most 256 bytes long in UTF-8, the longest password that MySQL accepts";
    private static final String PASSWORD_CONTROL =
            "must not contain control characters such as a line break or NUL, at which MySQL's clients take the "
                    + "password to end";
    private static final String SIZE_FORMAT = "must be a size such as 1Gi or 500Mi";
    private static final String SIZE_RANGE = "must be greater than zero and less than 8Ei";

    @RegisterExtension
    static final ThrowawayNamespace NAMESPACE = new ThrowawayNamespace();

    @Test
    void theSampleIsAccepted() {
        var outcome = NAMESPACE
                .kubectl()
                .run("apply", "--dry-run=server", "--filename=kustomize/samples/mysql-instance.yaml");

        assertThat(outcome.orFail()).isEqualTo("mysql.otus.homework/mysql-instance created (server dry run)\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image", "database", "password", "storage_size"})
    void aMissingFieldIsNamed(String field) {
        assertThat(dryRun(valid().without(field)).errors()).contains("spec." + field + ": Required value");
    }

    @Test
    void anUnknownFieldIsNamed() {
        assertThat(dryRun(valid().with("usless_data", "x")).errors())
                .contains("strict decoding error: unknown field \"spec.usless_data\"");
    }

    static Stream<Manifest> accepted() {
        return Stream.of(
                valid(),
                valid().named("a"),
                valid().named("a".repeat(47)),
                valid().named("restore-a"),
                valid().named("backups"),
                valid().with("image", "mysql"),
                valid().with("image", "localhost:5000/team/mysql:9.7.4-1_debian"),
                valid().with("image", "Registry.example/a__b/c.d@sha256:" + "0".repeat(64)),
                valid().with("image", "[::1]:5000/mysql:9.7"),
                valid().with("database", "a"),
                valid().with("database", "_0-a_Z-"),
                valid().with("database", "2026"),
                valid().with("database", "mysql-"),
                valid().with("database", "a".repeat(64)),
                valid().with("database", "a".repeat(17) + "-".repeat(47)),
                valid().with("password", " "),
                valid().with("password", "it's \"a\" \\ `$HOME` %s; -- #"),
                valid().with("password", "пароль-密码-🔑"),
                valid().with("password", "a".repeat(256)),
                valid().with("password", "🔑".repeat(64)),
                valid().with("storage_size", "1"),
                valid().with("storage_size", "0.5Gi"),
                valid().with("storage_size", "1000M"),
                valid().with("storage_size", "7Ei"));
    }

    @ParameterizedTest
    @MethodSource
    void accepted(Manifest manifest) {
        assertThat(dryRun(manifest).orFail()).endsWith("created (server dry run)\n");
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments(valid().named("1a"), "metadata.name", NAME_CHARACTERS),
                arguments(valid().named("a.b"), "metadata.name", NAME_CHARACTERS),
                arguments(valid().named("A"), "metadata.name", NAME_CHARACTERS),
                arguments(valid().named("a".repeat(48)), "metadata.name", NAME_LENGTH),
                arguments(valid().named("backup-a"), "metadata.name", NAME_PREFIX),
                arguments(valid().with("image", ""), "spec.image", IMAGE),
                arguments(valid().with("image", "mysql:9.7 "), "spec.image", IMAGE),
                arguments(valid().with("image", "MySQL:9.7"), "spec.image", IMAGE),
                arguments(valid().with("image", "https://registry.example/mysql"), "spec.image", IMAGE),
                arguments(valid().with("image", "mysql:"), "spec.image", IMAGE),
                arguments(valid().with("image", "mysql:9.7; reboot"), "spec.image", IMAGE),
                arguments(valid().with("database", ""), "spec.database", DATABASE_CHARACTERS),
                arguments(valid().with("database", "x`; DROP DATABASE y; -- "), "spec.database", DATABASE_CHARACTERS),
                arguments(valid().with("database", "-e"), "spec.database", DATABASE_CHARACTERS),
                arguments(valid().with("database", "a "), "spec.database", DATABASE_CHARACTERS),
                arguments(valid().with("database", "a\n"), "spec.database", DATABASE_CHARACTERS),
                arguments(valid().with("database", "../a"), "spec.database", DATABASE_CHARACTERS),
                arguments(valid().with("database", "база"), "spec.database", DATABASE_CHARACTERS),
                arguments(valid().with("database", "mysql"), "spec.database", DATABASE_RESERVED),
                arguments(valid().with("database", "SYS"), "spec.database", DATABASE_RESERVED),
                arguments(valid().with("database", "Information_Schema"), "spec.database", DATABASE_RESERVED),
                arguments(valid().with("database", "performance_schema"), "spec.database", DATABASE_RESERVED),
                arguments(valid().with("database", "ibdata1"), "spec.database", DATABASE_FILE),
                arguments(valid().with("database", "ib_buffer_pool"), "spec.database", DATABASE_FILE),
                arguments(valid().with("database", "undo_001"), "spec.database", DATABASE_FILE),
                arguments(valid().with("database", "a" + "-".repeat(48)), "spec.database", DATABASE_HYPHENS),
                arguments(valid().with("database", "a".repeat(65)), "spec.database", "may not be more than 64 bytes"),
                arguments(valid().with("password", ""), "spec.password", "should be at least 1 chars long"),
                arguments(valid().with("password", "a".repeat(257)), "spec.password", "may not be more than 256 bytes"),
                arguments(valid().with("password", "🔑".repeat(65)), "spec.password", PASSWORD_BYTES),
                arguments(valid().with("password", "secret\n"), "spec.password", PASSWORD_CONTROL),
                arguments(valid().with("password", "sec\tret"), "spec.password", PASSWORD_CONTROL),
                arguments(valid().with("password", "sec\0ret"), "spec.password", PASSWORD_CONTROL),
                arguments(valid().with("storage_size", ""), "spec.storage_size", SIZE_FORMAT),
                arguments(valid().with("storage_size", "abc"), "spec.storage_size", SIZE_FORMAT),
                arguments(valid().with("storage_size", "1gi"), "spec.storage_size", SIZE_FORMAT),
                arguments(valid().with("storage_size", "1 Gi"), "spec.storage_size", SIZE_FORMAT),
                arguments(valid().with("storage_size", "100m"), "spec.storage_size", SIZE_FORMAT),
                arguments(valid().with("storage_size", "-1Gi"), "spec.storage_size", SIZE_RANGE),
                arguments(valid().with("storage_size", "0"), "spec.storage_size", SIZE_RANGE),
                arguments(valid().with("storage_size", "0.0Gi"), "spec.storage_size", SIZE_RANGE),
                arguments(valid().with("storage_size", "8Ei"), "spec.storage_size", SIZE_RANGE),
                arguments(valid().with("storage_size", 1), "spec.storage_size", "must be of type string"));
    }

    @ParameterizedTest
    @MethodSource
    void refused(Manifest manifest, String field, String reason) {
        assertThat(dryRun(manifest).errors())
                .contains("is invalid")
                .containsPattern("(?m)" + field + ": (Invalid value|Too long): .*")
                .contains(reason);
    }

    @Test
    void aRefusedPasswordIsNotRepeated() {
        assertThat(dryRun(valid().with("password", "S3cret\n")).errors())
                .contains("spec.password")
                .doesNotContain("S3cret");
    }

    @Test
    void explainReadsAsDocumentation() {
        assertThat(NAMESPACE.kubectl().run("explain", "ms.spec").orFail())
                .contains("storage_size\t<string> -required-")
                .contains("The size of the data volume, for example 1Gi or 500Mi")
                .contains("The password of root, from every host.");
    }

    private static Kubectl.Outcome dryRun(Manifest manifest) {
        return NAMESPACE.kubectl().runWithInput(manifest.yaml(), "apply", "--dry-run=server", "--filename=-");
    }
}
