package homework.otus.mysql.api;

import static homework.otus.mysql.api.Manifest.valid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import homework.otus.mysql.testing.Kubectl;
import homework.otus.mysql.testing.ThrowawayNamespace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** What the API server itself accepts and refuses, and in which words. */
@Tag("no-operator")
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
    private static final String PASSWORD_MISSING =
            "set password, or passwordSecretRef to take the password from a Secret";
    private static final String PASSWORD_TWICE = "can't be set together with password; remove one of the two";
    private static final String SECRET_NAME = "must be the name of a Secret in this namespace";
    private static final String SECRET_KEY = "must be a key of the Secret, made of letters, digits, '-', '_' and '.'";
    private static final String STORAGE_CLASS =
            "must be the name of a StorageClass, or empty for a volume that has none";
    private static final String VARIABLE_NAME =
            "write the names of variables in lower case letters, digits and '_', for example max_connections, not "
                    + "max-connections";
    private static final String VARIABLE_CONTROL = "must not contain control characters such as a line break";
    private static final String VARIABLE_SET =
            "remove basedir, bind_address, chroot, datadir, init_file, log_error, mysqlx, pid_file, port, socket, tmpdir "
                    + "or user, because the operator sets them to fit the Pod that it makes";
    private static final String VARIABLE_BINLOG =
            "remove log_bin, skip_log_bin, disable_log_bin or log_bin_index, because crash recovery and the backup need "
                    + "the binary log where it is";
    private static final String VARIABLE_DIRECTORY =
            "remove innodb_data_home_dir, innodb_directories, innodb_doublewrite_dir, innodb_log_group_home_dir, "
                    + "innodb_undo_directory or symbolic_links, because only what is in the data directory itself is kept "
                    + "and backed up";
    private static final String VARIABLE_ACCOUNTS =
            "remove skip_networking, skip_grant_tables, ssl, skip_ssl, super_read_only or innodb_read_only, because the "
                    + "operator changes accounts over encrypted connections to the server";
    private static final String VARIABLE_COMMAND =
            "remove initialize, validate_config, defaults_file and the like, because they are options of the command "
                    + "line that keep the server from serving";
    private static final String VARIABLE_PREFIX =
            "write lower_case_table_names, innodb_page_size and innodb_data_file_path without a prefix such as loose_";
    private static final String VARIABLE_PATH =
            "innodb_data_file_path must name files without '/', because only what is in the data directory itself is "
                    + "kept and backed up";
    private static final String VARIABLE_TLS =
            "tls_version must name a version such as TLSv1.3, because the operator changes accounts over encrypted "
                    + "connections to the server";
    private static final String QUANTITY = "must be a quantity such as 500m or 2Gi";
    private static final String LABEL_NAME = "must have names of labels, such as kubernetes.io/hostname";
    private static final String LABEL_VALUE = "must be the value of a label";
    private static final String TOLERATION_KEY = "set key, or operator to Exists";
    private static final String TOLERATION_VALUE = "remove value where operator is Exists";
    private static final String TOLERATION_SECONDS = "set effect to NoExecute where tolerationSeconds is set";
    private static final String ROOT = "must not be 0, because mysqld doesn't run as root";
    private static final String SECCOMP = "set localhostProfile where type is Localhost, and nowhere else";

    @RegisterExtension
    static final ThrowawayNamespace NAMESPACE = new ThrowawayNamespace();

    @Test
    void theSampleIsAccepted() {
        var outcome = NAMESPACE
                .kubectl()
                .run("apply", "--dry-run=server", "--filename=kustomize/samples/mysql-instance.yaml");

        assertThat(outcome.orFail()).isEqualTo("mysql.otus.homework/mysql-instance created (server dry run)\n");
    }

    @Test
    void everyFieldIsAccepted() {
        var outcome =
                NAMESPACE.kubectl().run("apply", "--dry-run=server", "--filename=src/test/resources/every-field.yaml");

        assertThat(outcome.orFail()).isEqualTo("mysql.otus.homework/every-field created (server dry run)\n");
    }

    // Argo CD would show a database as out of sync for ever.
    @Test
    void nothingIsAddedToASpec() {
        var applied = NAMESPACE
                .kubectl()
                .runWithInput(valid().yaml(), "apply", "--dry-run=server", "--filename=-", "--output=jsonpath={.spec}");

        assertThat((Object) new Yaml().load(applied.orFail())).isEqualTo(valid().spec());
    }

    @ParameterizedTest
    @ValueSource(strings = {"image", "database", "password", "storage_size"})
    void aMissingFieldIsNamed(String field) {
        assertThat(dryRun(valid().without(field)).errors()).contains("spec." + field + ": Required value");
    }

    @Test
    void aMissingPasswordIsAskedForInBothWays() {
        assertThat(dryRun(valid().without("password")).errors())
                .contains("spec.password: Required value: " + PASSWORD_MISSING);
    }

    @Test
    void aSecretAndAPasswordExcludeEachOther() {
        assertThat(dryRun(valid().with("passwordSecretRef", Map.of("name", "a", "key", "b")))
                        .errors())
                .contains("spec.passwordSecretRef: Forbidden: " + PASSWORD_TWICE)
                .doesNotContain("otuspassword");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "key"})
    void aSecretIsNamedWithItsKey(String missing) {
        var ref = new HashMap<>(Map.of("name", "a", "key", "b"));
        ref.remove(missing);

        assertThat(dryRun(secret(ref)).errors()).contains("spec.passwordSecretRef." + missing + ": Required value");
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
                valid().with("storage_size", "7Ei"),
                secret(Map.of("name", "a", "key", "b")),
                secret(Map.of("name", "a".repeat(253), "key", "A.b-c_1")),
                valid().with("storageClassName", "fast.ssd-1"),
                valid().with("storageClassName", ""),
                valid().with("config", Map.of()),
                config("sql_mode", ""),
                config("init_connect", "SET NAMES utf8mb4 -- 'it''s' 100% \\ \"#\" база"),
                config("a".repeat(128), "x".repeat(1024)),
                config("loose_innodb_buffer_pool_size", "1G"),
                config("skip_name_resolve", "ON"),
                config("max_binlog_size", "1G"),
                config("log_bin_trust_function_creators", "ON"),
                config("read_only", "ON"),
                config("require_secure_transport", "ON"),
                config("tls_version", "TLSv1.2,TLSv1.3"),
                config("ssl_cipher", "ECDHE-RSA-AES128-GCM-SHA256"),
                config("disabled_storage_engines", "MyISAM"),
                config("report_port", "3306"),
                config("lower_case_table_names", "1"),
                config("innodb_page_size", "64k"),
                config("innodb_data_file_path", "ibdata1:64M;ibdata2:64M:autoextend"),
                valid().with("config", variables(100)),
                limits("cpu", 1),
                limits("cpu", "500m"),
                limits("memory", "1.5Gi"),
                limits("memory", "1e9"),
                limits("hugepages-2Mi", "0"),
                resources(Map.of("cpu", 1, "memory", "1Gi"), Map.of("cpu", "1000m")),
                valid().with("nodeSelector", Map.of("topology.kubernetes.io/zone", "a", "Disk", "")),
                toleration(Map.of("operator", "Exists")),
                toleration(Map.of("key", "a", "value", "b", "effect", "PreferNoSchedule")),
                toleration(Map.of("key", "a", "operator", "Exists", "effect", "NoExecute", "tolerationSeconds", 0)),
                valid().with("affinity", Map.of("podAntiAffinity", preferred(1))),
                valid().with("affinity", Map.of("podAffinity", preferred(100))),
                valid().with("priorityClassName", "system-cluster-critical"),
                valid().with("imagePullSecrets", List.of(Map.of("name", "a"), Map.of("name", "b"))),
                valid().with("podSecurityContext", Map.of("runAsUser", 1, "runAsGroup", 0, "fsGroup", 0)),
                valid().with("podSecurityContext", Map.of("supplementalGroups", List.of(1, 2))),
                seccomp(Map.of("type", "Unconfined")),
                seccomp(Map.of("type", "Localhost", "localhostProfile", "a.json")),
                backup("storageSize", "500Mi"),
                backup("storageClassName", ""),
                backup("retain", 1),
                backup("retain", 100),
                valid().with("imageChange", Map.of("backup", true)),
                valid().with("imageChange", Map.of("progressDeadlineSeconds", 30)),
                valid().with("accessMode", "ReadWriteOncePod"),
                valid().with("deletionPolicy", "BackupAndDelete"),
                valid().with("deletionPolicy", "Retain"),
                valid().with("restorePolicy", "IfPresent"),
                valid().with("restorePolicy", "Required"),
                valid().with("restorePolicy", "Never"),
                valid().with("paused", false));
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
                arguments(valid().with("storage_size", 1), "spec.storage_size", "must be of type string"),
                arguments(secret(Map.of("name", "A_b", "key", "c")), "spec.passwordSecretRef.name", SECRET_NAME),
                arguments(secret(Map.of("name", "a", "key", "b/c")), "spec.passwordSecretRef.key", SECRET_KEY),
                arguments(secret(Map.of("name", "a", "key", "")), "spec.passwordSecretRef.key", SECRET_KEY),
                arguments(
                        secret(Map.of("name", "a".repeat(254), "key", "b")),
                        "spec.passwordSecretRef.name",
                        "may not be more than 253 bytes"),
                arguments(valid().with("storageClassName", "Fast"), "spec.storageClassName", STORAGE_CLASS),
                arguments(
                        valid().with("storageClassName", "a".repeat(254)),
                        "spec.storageClassName",
                        "may not be more than 253 bytes"),
                arguments(config("max-connections", "200"), "spec.config", VARIABLE_NAME),
                arguments(config("Max_connections", "200"), "spec.config", VARIABLE_NAME),
                arguments(config("a=b\nc", "200"), "spec.config", VARIABLE_NAME),
                arguments(config("", "200"), "spec.config", VARIABLE_NAME),
                arguments(config("validate_password.policy", "LOW"), "spec.config", VARIABLE_NAME),
                arguments(config("a".repeat(129), "1"), "spec.config", VARIABLE_NAME),
                arguments(config("max_connections", 200), "spec.config.max_connections", "must be of type string"),
                arguments(config("sql_mode", "a\nb"), "spec.config[sql_mode]", VARIABLE_CONTROL),
                arguments(
                        config("sql_mode", "a".repeat(1025)),
                        "spec.config.sql_mode",
                        "may not be more than 1024 bytes"),
                arguments(valid().with("config", variables(101)), "spec.config", "must have at most 100 items"),
                arguments(config("loose_innodb_page_size", "64k"), "spec.config", VARIABLE_PREFIX),
                arguments(config("innodb_data_file_path", "/tmp/a:12M:autoextend"), "spec.config", VARIABLE_PATH),
                arguments(config("tls_version", ""), "spec.config", VARIABLE_TLS),
                arguments(limits("cpu", "fast"), "spec.resources.limits[cpu]", QUANTITY),
                arguments(limits("cpu", ""), "spec.resources.limits[cpu]", QUANTITY),
                arguments(limits("cpu", "1e4294967296"), "spec.resources.limits[cpu]", QUANTITY),
                arguments(limits("cpu", "1E-400"), "spec.resources.limits[cpu]", QUANTITY),
                arguments(limits("cpu", -1), "spec.resources.limits[cpu]", QUANTITY),
                arguments(limits("memory", "-1Gi"), "spec.resources.limits[memory]", QUANTITY),
                arguments(
                        resources(Map.of("cpu", "1001m"), Map.of("cpu", 1)),
                        "spec.resources",
                        "requests must not be greater than limits"),
                arguments(valid().with("nodeSelector", Map.of("a b", "c")), "spec.nodeSelector", LABEL_NAME),
                arguments(valid().with("nodeSelector", Map.of("a", "b c")), "spec.nodeSelector[a]", LABEL_VALUE),
                arguments(toleration(Map.of()), "spec.tolerations[0]", TOLERATION_KEY),
                arguments(toleration(Map.of("operator", "Equal")), "spec.tolerations[0]", TOLERATION_KEY),
                arguments(
                        toleration(Map.of("key", "a", "operator", "Exists", "value", "b")),
                        "spec.tolerations[0]",
                        TOLERATION_VALUE),
                arguments(
                        toleration(Map.of("key", "a", "effect", "NoSchedule", "tolerationSeconds", 1)),
                        "spec.tolerations[0]",
                        TOLERATION_SECONDS),
                arguments(
                        toleration(Map.of("key", "a", "effect", "NoExecute", "tolerationSeconds", 2147483648L)),
                        "spec.tolerations[0].tolerationSeconds",
                        "should be less than or equal to 2147483647"),
                arguments(
                        toleration(Map.of("key", "a", "effect", "Never")),
                        "spec.tolerations[0].effect",
                        "supported values: \"NoSchedule\", \"PreferNoSchedule\", \"NoExecute\""),
                arguments(
                        valid().with("affinity", Map.of("podAffinity", preferred(0))),
                        "spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight",
                        "should be greater than or equal to 1"),
                arguments(
                        valid().with("affinity", Map.of("podAntiAffinity", preferred(101))),
                        "spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight",
                        "should be less than or equal to 100"),
                arguments(
                        valid().with("priorityClassName", "High"),
                        "spec.priorityClassName",
                        "must be the name of a PriorityClass"),
                arguments(
                        valid().with("imagePullSecrets", List.of(Map.of("name", "A"))),
                        "spec.imagePullSecrets[0].name",
                        SECRET_NAME),
                arguments(
                        valid().with("imagePullSecrets", List.of(Map.of("name", "a"), Map.of("name", "a"))),
                        "spec.imagePullSecrets[1]",
                        "{\"name\":\"a\"}"),
                arguments(
                        valid().with("podSecurityContext", Map.of("runAsUser", 0)),
                        "spec.podSecurityContext.runAsUser",
                        ROOT),
                arguments(
                        valid().with("podSecurityContext", Map.of("fsGroup", -1)),
                        "spec.podSecurityContext.fsGroup",
                        "should be greater than or equal to 0"),
                arguments(seccomp(Map.of("type", "Localhost")), "spec.podSecurityContext.seccompProfile", SECCOMP),
                arguments(
                        seccomp(Map.of("type", "Unconfined", "localhostProfile", "a")),
                        "spec.podSecurityContext.seccompProfile",
                        SECCOMP),
                arguments(backup("storageSize", "1 Gi"), "spec.backup.storageSize", SIZE_FORMAT),
                arguments(backup("storageSize", "0"), "spec.backup.storageSize", SIZE_RANGE),
                arguments(backup("storageClassName", "a_b"), "spec.backup.storageClassName", STORAGE_CLASS),
                arguments(backup("retain", 0), "spec.backup.retain", "should be greater than or equal to 1"),
                arguments(backup("retain", 101), "spec.backup.retain", "should be less than or equal to 100"),
                arguments(
                        valid().with("imageChange", Map.of("progressDeadlineSeconds", 29)),
                        "spec.imageChange.progressDeadlineSeconds",
                        "should be greater than or equal to 30"),
                arguments(
                        valid().with("imageChange", Map.of("progressDeadlineSeconds", 3_000_000_000L)),
                        "spec.imageChange.progressDeadlineSeconds",
                        "should be less than or equal to 604800"),
                arguments(
                        valid().with("accessMode", "ReadWriteMany"),
                        "spec.accessMode",
                        "Unsupported value: \"ReadWriteMany\": supported values: \"ReadWriteOnce\", \"ReadWriteOncePod\""),
                arguments(
                        valid().with("deletionPolicy", "Delete"),
                        "spec.deletionPolicy",
                        "supported values: \"BackupAndDelete\", \"Retain\""),
                arguments(
                        valid().with("restorePolicy", "Always"),
                        "spec.restorePolicy",
                        "supported values: \"IfPresent\", \"Required\", \"Never\""),
                arguments(valid().with("paused", "yes"), "spec.paused", "must be of type boolean"));
    }

    @ParameterizedTest
    @MethodSource
    void refused(Manifest manifest, String field, String reason) {
        assertThat(dryRun(manifest).errors())
                .contains("is invalid")
                .containsPattern("(?m)" + Pattern.quote(field)
                        + ": (Invalid value|Too long|Too many|Duplicate value|Unsupported value): .*")
                .contains(reason);
    }

    static Stream<Arguments> variablesThatTheOperatorNeeds() {
        return Map.of(
                        VARIABLE_SET,
                        List.of(
                                "basedir",
                                "bind_address",
                                "chroot",
                                "datadir",
                                "init_file",
                                "log_error",
                                "mysqlx",
                                "pid_file",
                                "port",
                                "socket",
                                "tmpdir",
                                "user",
                                "loose_datadir",
                                "skip_mysqlx"),
                        VARIABLE_BINLOG,
                        List.of(
                                "log_bin",
                                "log_bin_index",
                                "skip_log_bin",
                                "disable_log_bin",
                                "enable_log_bin",
                                "loose_skip_log_bin",
                                "skip_loose_log_bin"),
                        VARIABLE_DIRECTORY,
                        List.of(
                                "innodb_data_home_dir",
                                "innodb_directories",
                                "innodb_doublewrite_dir",
                                "innodb_log_group_home_dir",
                                "innodb_undo_directory",
                                "loose_innodb_undo_directory",
                                "symbolic_links"),
                        VARIABLE_ACCOUNTS,
                        List.of(
                                "skip_networking",
                                "skip_grant_tables",
                                "loose_skip_grant_tables",
                                "ssl",
                                "skip_ssl",
                                "disable_ssl",
                                "super_read_only",
                                "innodb_read_only"),
                        VARIABLE_COMMAND,
                        List.of(
                                "bootstrap",
                                "daemonize",
                                "defaults_extra_file",
                                "defaults_file",
                                "defaults_group_suffix",
                                "help",
                                "initialize",
                                "initialize_insecure",
                                "no_defaults",
                                "print_defaults",
                                "validate_config",
                                "version"))
                .entrySet()
                .stream()
                .flatMap(entry -> entry.getValue().stream().map(variable -> arguments(variable, entry.getKey())));
    }

    @ParameterizedTest
    @MethodSource
    void variablesThatTheOperatorNeeds(String variable, String reason) {
        assertThat(dryRun(config(variable, "x")).errors()).contains("spec.config: Forbidden: " + reason);
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
                .contains("The password of root, from every host.")
                .contains("imageChange\t<Object>")
                .contains("Variables of mysqld, as in the section [mysqld] of a my.cnf")
                .contains("Default: IfPresent.");
        assertThat(NAMESPACE.kubectl().run("explain", "ms.spec.backup").orFail())
                .contains("How many of the newest backups are kept, 1 to 100")
                .contains("Default: 3.");
    }

    private static Manifest secret(Map<String, String> ref) {
        return valid().without("password").with("passwordSecretRef", ref);
    }

    private static Manifest config(String variable, Object value) {
        return valid().with("config", Map.of(variable, value));
    }

    private static Map<String, String> variables(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "variable_" + i, i -> "x"));
    }

    private static Manifest limits(String resource, Object quantity) {
        return valid().with("resources", Map.of("limits", Map.of(resource, quantity)));
    }

    private static Manifest resources(Map<String, Object> requests, Map<String, Object> limits) {
        return valid().with("resources", Map.of("requests", requests, "limits", limits));
    }

    private static Manifest toleration(Map<String, Object> toleration) {
        return valid().with("tolerations", List.of(toleration));
    }

    private static Map<String, Object> preferred(int weight) {
        return Map.of(
                "preferredDuringSchedulingIgnoredDuringExecution",
                List.of(Map.of("weight", weight, "podAffinityTerm", Map.of("topologyKey", "kubernetes.io/hostname"))));
    }

    private static Manifest seccomp(Map<String, String> profile) {
        return valid().with("podSecurityContext", Map.of("seccompProfile", profile));
    }

    private static Manifest backup(String field, Object value) {
        return valid().with("backup", Map.of(field, value));
    }

    private static Kubectl.Outcome dryRun(Manifest manifest) {
        return NAMESPACE.kubectl().runWithInput(manifest.yaml(), "apply", "--dry-run=server", "--filename=-");
    }
}
