package homework.otus.mysql.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import homework.otus.mysql.accounts.BindingSecret;
import homework.otus.mysql.accounts.Credentials;
import homework.otus.mysql.api.AccessMode;
import homework.otus.mysql.api.BackupSpec;
import homework.otus.mysql.api.ImageChangeSpec;
import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.api.MySQLSpec;
import homework.otus.mysql.api.RestorePolicy;
import homework.otus.mysql.backup.ArchiveJobs;
import homework.otus.mysql.child.Folders;
import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.StaticVolumes;
import homework.otus.mysql.observe.ServedMark;
import homework.otus.mysql.observe.ServerVariant;
import homework.otus.mysql.program.password.PasswordTask;
import homework.otus.mysql.server.CheckJob;
import homework.otus.mysql.server.ServerDeployment;
import homework.otus.mysql.server.ServerService;
import homework.otus.mysql.storage.Claims;
import homework.otus.mysql.storage.VolumeJob;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Affinity;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1LocalObjectReference;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodAffinityTerm;
import io.kubernetes.client.openapi.models.V1PodAntiAffinity;
import io.kubernetes.client.openapi.models.V1PodSecurityContext;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import io.kubernetes.client.openapi.models.V1Toleration;
import io.kubernetes.client.util.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Desired objects, word for word. {@code make golden} writes the files anew: read the difference before committing it. */
class GoldenManifestsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    @ParameterizedTest(name = "{0}")
    @MethodSource("manifests")
    void isAsWrittenDown(String name, KubernetesObject object) throws IOException {
        Path file = GOLDEN.resolve(name + ".yaml");
        String yaml = Yaml.dump(object);
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(file, yaml);
        }
        assertThat(yaml).isEqualTo(Files.readString(file));
    }

    /** Never to be changed: where a release makes another digest of the same spec, it restarts all databases at once. */
    @Test
    void whatTheUserAsksForIsRecordedTheSameByEveryRelease() {
        ServerVariant wanted = new ServerVariant("mysql:9.8", all().getSpec().getConfig());

        assertThat(ServerDeployment.asked(Given.mysql(), Given.VARIANT)).isEqualTo("f1711f9d4e8f36b6");
        assertThat(ServerDeployment.asked(all(), wanted)).isEqualTo("80ab365c0f0212c0");
    }

    static Stream<Arguments> manifests() {
        MySQL mysql = Given.mysql();
        MySQL all = all();
        ServerVariant wanted = new ServerVariant("mysql:9.8", all.getSpec().getConfig());
        V1PersistentVolumeClaim staticData = Claims.data(mysql, Given.STATIC_VOLUMES);
        V1PersistentVolumeClaim staticBackup = Claims.backup(mysql, Given.STATIC_VOLUMES);
        // As release 0.1.0 made them.
        Folders folders = new Folders("team/db/" + Given.UID, "team/db/backups");
        return Stream.of(
                arguments("data-claim", Claims.data(mysql, StaticVolumes.NONE)),
                arguments("backup-claim", Claims.backup(mysql, StaticVolumes.NONE)),
                arguments("credentials", Credentials.of(mysql, Given.PASSWORDS, false)),
                arguments("binding", BindingSecret.of(mysql, "app-password")),
                arguments(
                        "password-job",
                        Given.PASSWORD_JOBS.of(mysql, PasswordTask.CHANGE, 1001, Given.ADDRESS, "data-2", 1)),
                arguments("data-claim-of-all-fields", Claims.data(all, StaticVolumes.NONE)),
                arguments("backup-claim-of-all-fields", Claims.backup(all, StaticVolumes.NONE)),
                arguments("check-job", CheckJob.of(mysql, "mysql:9.7", wanted, "data-2", 1)),
                arguments(
                        "deployment-of-all-fields",
                        ServerDeployment.of(all, wanted, Folders.WHOLE_VOLUMES, "identity-1")),
                arguments("service", ServerService.of(mysql)),
                arguments("deployment", ServerDeployment.of(mysql, Given.VARIANT, Folders.WHOLE_VOLUMES, "identity-1")),
                arguments(
                        "backup-job",
                        Given.JOBS.backup(mysql, mounted(Folders.WHOLE_VOLUMES), Given.UID, "mysql:9.7", 1)),
                arguments("look-job", Given.JOBS.look(mysql, mounted(Folders.WHOLE_VOLUMES), Given.UID)),
                arguments("restore-job", Given.JOBS.restore(mysql, mounted(Folders.WHOLE_VOLUMES), "mysql:9.7", 2)),
                arguments("static-data-claim", staticData),
                arguments("static-backup-claim", staticBackup),
                arguments("static-data-volume", Given.STATIC_VOLUMES.volume(staticData, mysql)),
                arguments("static-backup-volume", Given.STATIC_VOLUMES.volume(staticBackup, mysql)),
                arguments("volume-job", VolumeJob.of(mysql, Given.STATIC_VOLUMES, Given.OPERATOR_IMAGE)),
                arguments("static-deployment", ServerDeployment.of(mysql, Given.VARIANT, folders, "identity-1")),
                arguments("static-backup-job", Given.JOBS.backup(mysql, mounted(folders), Given.UID, "mysql:9.7", 1)),
                arguments("static-restore-job", Given.JOBS.restore(mysql, mounted(folders), "mysql:9.7", 2)));
    }

    /** With every optional field. */
    private static MySQL all() {
        MySQL mysql = Given.mysql();
        mysql.getMetadata().putAnnotationsItem(Labels.RESTARTED_AT, "2026-11-25T12:00:00Z");
        MySQLSpec spec = mysql.getSpec();
        spec.setStorageClassName("fast");
        spec.setAccessMode(AccessMode.ReadWriteOncePod);
        spec.setConfig(Map.of(
                "max_connections",
                "200",
                "lower_case_table_names",
                "1",
                "init_connect",
                "SET @home='$(MYSQL_HOME)$$'"));
        spec.setResources(new V1ResourceRequirements()
                .putRequestsItem("cpu", new Quantity("500m"))
                .putLimitsItem("memory", new Quantity("1Gi")));
        spec.setNodeSelector(Map.of("disk", "ssd"));
        spec.setTolerations(List.of(new V1Toleration().key("databases").operator("Exists")));
        spec.setAffinity(new V1Affinity()
                .podAntiAffinity(new V1PodAntiAffinity()
                        .addRequiredDuringSchedulingIgnoredDuringExecutionItem(new V1PodAffinityTerm()
                                .topologyKey("kubernetes.io/hostname")
                                .labelSelector(new V1LabelSelector().putMatchLabelsItem("app", "other")))));
        spec.setPriorityClassName("databases");
        spec.setImagePullSecrets(List.of(new V1LocalObjectReference().name("registry")));
        spec.setPodSecurityContext(new V1PodSecurityContext().runAsUser(1001L).fsGroup(1001L));
        spec.setBackup(new BackupSpec("5Gi", "slow", 7));
        spec.setImageChange(new ImageChangeSpec(false, 60));
        spec.setRestorePolicy(RestorePolicy.Never);
        return mysql;
    }

    private static ArchiveJobs.Mounted mounted(Folders folders) {
        return new ArchiveJobs.Mounted(
                "data-2", "backup-claim", folders, ServedMark.of(Given.VARIANT), "20261121T110000Z-life-1");
    }
}
