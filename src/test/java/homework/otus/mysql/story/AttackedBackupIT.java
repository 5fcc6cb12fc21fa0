package homework.otus.mysql.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.Kubectl;
import homework.otus.mysql.testing.Node;
import homework.otus.mysql.testing.OnInstalledOperator;
import homework.otus.mysql.testing.Runbook;
import homework.otus.mysql.testing.Shell;
import homework.otus.mysql.testing.ThrowawayNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;

/** Whatever is done to claims, Pods and volumes around a deletion, no row is lost that was acknowledged. */
@OnInstalledOperator
class AttackedBackupIT {
    @RegisterExtension
    static final ThrowawayNamespace NAMESPACE = new ThrowawayNamespace();

    @RegisterExtension
    static final Shell GONE = new Shell();

    @Test
    @Execution(CONCURRENT)
    void aBackupWhoseClaimIsTakenAwayIsTakenAgain() {
        Database database = database("claimless").create().awaitReady().insert("kept");
        database.delete();
        String pod = podOfBackup(database);
        Node.signal(Node.awaitProcess(podUid(database, pod), "BackupJob"), "STOP");
        run(database, "delete", "pvc", database.backupClaim(), "--wait=false");
        run(
                database,
                "patch",
                "pvc",
                database.backupClaim(),
                "--type=merge",
                "--patch={\"metadata\":{\"finalizers\":null}}");

        database.awaitGone();
        assertThat(database.create().awaitReady().rows()).containsExactly("kept");
    }

    @Test
    @Execution(CONCURRENT)
    void soIsOneWhosePodIsTakenAwayToo() {
        Database database = database("podless").create().awaitReady().insert("kept");
        database.delete();
        String pod = podOfBackup(database);
        Node.signal(Node.awaitProcess(podUid(database, pod), "BackupJob"), "STOP");
        run(database, "delete", "pvc", database.backupClaim(), "--wait=false");
        run(database, "delete", "pod", pod, "--wait=false", "--grace-period=1", "--ignore-not-found");

        database.awaitGone();
        assertThat(database.create().awaitReady().rows()).containsExactly("kept");
    }

    @Test
    @Execution(CONCURRENT)
    void aBackupClaimThatGoesIsLetGoByAFailedJob() throws IOException {
        Database database = database("terminating").create().awaitReady().insert("kept");
        Node.fill(Node.volume(kubectl(), database.backupClaim()));
        database.delete().awaitReason("BackupSucceeded", "BackupFailed");

        run(database, "delete", "pvc", database.backupClaim(), "--wait=false");
        database.awaitGone();
        assertThat(database.create().awaitReady().rows()).containsExactly("kept");
    }

    @Test
    @Execution(CONCURRENT)
    void theArchiveOfAServerThatCrashedTakesNoOthersPlace() throws IOException {
        Database database = database("broken")
                .with("backup", Map.of("retain", 1))
                .create()
                .awaitReady()
                .insert("kept");
        database.delete().awaitGone();
        String good = archive(database);
        database.create().awaitReady();
        Files.write(Node.volume(kubectl(), database.dataClaim()).resolve("mysql/mysql.ibd"), new byte[100]);
        String pod = database.pod();
        run(database, "delete", "pod", pod, "--wait=false");
        run(database, "wait", "ms/" + database.name(), "--for=condition=Ready=false", "--timeout=240s");

        database.delete().awaitGone();
        assertThat(archive(database)).isNotEqualTo(good);
        assertThat(Node.volume(kubectl(), database.backupClaim()).resolve(good)).isDirectory();
    }

    @Test
    @Execution(CONCURRENT)
    void norDoesTheArchiveOfAServerThatNeverServed() {
        Database database = database("unstarted")
                .with("backup", Map.of("retain", 1))
                .with("resources", Map.of("limits", Map.of("memory", "800Mi")))
                .with("imageChange", Map.of("progressDeadlineSeconds", 30))
                .create()
                .awaitReady()
                .insert("kept");
        // mysqld takes it, and can't start with it.
        database.patch("{\"spec\":{\"image\":\"mysql:9.7.4\",\"config\":{\"innodb_buffer_pool_size\":\"100G\"}}}");
        database.awaitReason("SpecApplied", "ImageChangeFailed");
        String good = archive(database);

        database.delete().awaitGone();
        assertThat(Node.volume(kubectl(), database.backupClaim()).resolve(good)).isDirectory();
        assertThat(database.create().awaitReady().rows()).containsExactly("kept");
    }

    @Test
    @Execution(CONCURRENT)
    void aTablespaceOfAnyNameIsInTheBackup() {
        Database database = database("spaces")
                .with(
                        "config",
                        Map.of("innodb_data_file_path", "ibdata.pid:12M:autoextend", "innodb_file_per_table", "OFF"))
                .create()
                .awaitReady()
                .insert("kept");
        database.delete().awaitGone();
        assertThat(database.create().awaitReady().rows()).containsExactly("kept");
    }

    @Test
    @Execution(CONCURRENT)
    void aBackupThatIsAwayIsNoEmptyDatabase() throws IOException {
        Database database =
                database("away").create().awaitReady().insert("kept").delete().awaitGone();
        String newest = archive(database);
        Path volume = Node.volume(kubectl(), database.backupClaim());
        Path away = Files.createDirectory(volume.resolve(".away")).resolve(newest);
        Files.move(volume.resolve(newest), away);

        database.create();
        assertThat(database.awaitReason("Restored", "RestoreFailed").message())
                .contains(newest, "bring back", "otus.homework/backup-record-");
        Files.move(away, volume.resolve(newest));
        run(database, "delete", "job", database.restoreJob(), "--ignore-not-found");
        assertThat(database.awaitReady().rows()).containsExactly("kept");
    }

    /** In one go with the claim, so that the two are of one second. */
    @Test
    @Execution(CONCURRENT)
    void rowsOnAVolumeThatSomebodyBringsAreBackedUp() {
        Database database = database("taken-over");
        database.with("deletionPolicy", "Retain")
                .create()
                .awaitReady()
                .insert("kept")
                .delete();
        run(database, "wait", "--for=delete", "ms/" + database.name(), "--timeout=240s");
        run(database, "delete", "pvc", database.backupClaim());
        String claim = freed(database, database.dataClaim());

        // No server can start, and so nothing binds the backup claim.
        Database unplaced = database.with("nodeSelector", Map.of("no", "such"))
                .with("backup", Map.of("storageClassName", "wait-for-consumer"));
        kubectl().runWithInput(claim, "create", "--filename=-").orFail();
        unplaced.create();
        run(database, "wait", "--for=create", "deployment/" + database.name(), "--timeout=120s");
        unplaced.delete().awaitReason("Ready", "Unschedulable");
        unplaced.patch("{\"spec\":{\"nodeSelector\":null}}").awaitGone();
        assertThat(database.with("backup", Map.of("storageClassName", "wait-for-consumer"))
                        .create()
                        .awaitReady()
                        .rows())
                .containsExactly("kept");
    }

    @Test
    @Execution(CONCURRENT)
    void aBackupClaimThatSomebodyBringsIsWaitedFor() {
        Database database = database("brought")
                .create()
                .awaitReady()
                .insert("kept")
                .delete()
                .awaitGone();
        String claim = freed(database, database.backupClaim());
        kubectl().runWithInput(claim, "create", "--filename=-").orFail();
        assertThat(database.create().awaitReady().rows()).containsExactly("kept");
    }

    /** Takes a claim away from its volume, as the runbooks do, and answers with another one for that volume. */
    private static String freed(Database database, String claim) {
        String volume = database.read("pvc/" + claim, "{.spec.volumeName}");
        run(database, "patch", "pv", volume, "--patch={\"spec\":{\"persistentVolumeReclaimPolicy\":\"Retain\"}}");
        run(database, "delete", "pvc", claim);
        run(
                database,
                "patch",
                "pv",
                volume,
                "--type=json",
                "--patch=[{\"op\":\"remove\",\"path\":\"/spec/claimRef/uid\"}]");
        run(database, "patch", "pv", volume, "--patch={\"spec\":{\"persistentVolumeReclaimPolicy\":\"Delete\"}}");
        return """
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata:
                  name: %s
                  labels: {app.kubernetes.io/managed-by: mysql-operator, otus.homework/mysql: %s}
                spec:
                  volumeName: %s
                  accessModes: [ReadWriteOnce]
                  resources: {requests: {storage: 400Mi}}
                """.formatted(claim, database.name(), volume);
    }

    @Test
    @Execution(CONCURRENT)
    void archivesOfAnotherLifeAreLeftAlone() {
        Database database = database("others").with("backup", Map.of("retain", 1));
        database.create().awaitReady().insert("first").delete().awaitGone();
        String other = archive(database);

        database.with("restorePolicy", "Never")
                .create()
                .awaitReady()
                .insert("second")
                .delete()
                .awaitGone();
        assertThat(archive(database)).isNotEqualTo(other);
        assertThat(Node.volume(kubectl(), database.backupClaim()).resolve(other))
                .isDirectory();
        assertThat(database.create().awaitReady().rows()).containsExactly("second");
    }

    @Test
    @Execution(CONCURRENT)
    void missingDataIsNoEmptyDatabase() throws IOException {
        Database database = database("missing").create().awaitReady().insert("kept");
        Path volume = Node.volume(kubectl(), database.dataClaim());
        Files.move(volume.resolve("mysql"), volume.resolve("moved"));
        run(database, "delete", "pod", database.pod(), "--wait=false");
        assertThat(database.awaitReason("Ready", "DataMissing").message()).contains("docs/operations.md");
        assertThat(volume.resolve("mysql"))
                .satisfiesAnyOf(
                        directory -> assertThat(directory).doesNotExist(),
                        directory -> assertThat(directory).isEmptyDirectory());

        database.delete();
        assertThat(database.awaitReason("BackupSucceeded", "BackupFailed").message())
                .contains("data directory is missing", "skip-final-backup");
        Files.deleteIfExists(volume.resolve("mysql"));
        Files.move(volume.resolve("moved"), volume.resolve("mysql"));
        run(database, "delete", "job", database.backupJob());
        database.awaitGone();
        assertThat(database.create().awaitReady().rows()).containsExactly("kept");
    }

    @Test
    @Execution(CONCURRENT)
    void missingDataAfterAChangeOfTheImageIsWaitedForWithoutALoop() throws IOException {
        Database database = database("changed")
                .create()
                .awaitReady()
                .insert("kept")
                .patch("{\"spec\":{\"image\":\"mysql:9.7.4\"}}");
        await().atMost(Duration.ofMinutes(4))
                .untilAsserted(() -> assertThat(database.read("ms/" + database.name(), "{.status.image}"))
                        .isEqualTo("mysql:9.7.4"));
        Path volume = Node.volume(kubectl(), database.dataClaim());
        Files.move(volume.resolve("mysql"), volume.resolve("moved"));
        run(database, "delete", "pod", database.pod(), "--wait=false");
        database.awaitReason("Ready", "DataMissing");

        String deployment = database.read("deployment/" + database.name(), "{.metadata.uid}");
        await().during(Duration.ofSeconds(20))
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(database.read("deployment/" + database.name(), "{.metadata.uid}"))
                        .isEqualTo(deployment));
        Files.deleteIfExists(volume.resolve("mysql"));
        Files.move(volume.resolve("moved"), volume.resolve("mysql"));
        assertThat(database.awaitReady().rows()).containsExactly("kept");
    }

    @Test
    @Execution(CONCURRENT)
    void dataThatIsSaidToBeGoneComesFromTheNewestBackup() throws IOException {
        List<String> runbook = Runbook.commands(Path.of("docs/operations.md"), "The data is missing");
        Database database = Database.in(GONE.kubectl(), "mysql-instance");
        database.create().awaitReady().insert("archived").delete().awaitGone();
        database.create().awaitReady();
        Path volume = Node.volume(GONE.kubectl(), database.dataClaim());
        Files.move(volume.resolve("mysql"), volume.resolve("moved"));
        run(database, "delete", "pod", database.pod(), "--wait=false");
        database.awaitReason("Ready", "DataMissing");

        assertThat(GONE.type(runbook.get(0)).orFail()).contains(volume.toString());
        GONE.type(runbook.get(1)).orFail();
        assertThat(database.awaitReady().rows()).containsExactly("archived");
    }

    @Test
    @Execution(CONCURRENT)
    void aServerWithoutItsLabelIsWaitedFor() {
        Database database = database("unlabelled").create().awaitReady().insert("early");
        String pod = database.pod();
        run(database, "label", "pod", pod, "otus.homework/mysql-");
        database.delete();
        await().atMost(Duration.ofMinutes(4))
                .untilAsserted(() -> assertThat(database.message()).contains("Pod " + pod, "kubectl delete pod"));

        kubectl()
                .runWithInput(
                        "INSERT INTO test VALUES ('late')",
                        "exec",
                        "--stdin",
                        pod,
                        "--container=mysql",
                        "--",
                        "mysql",
                        "-p" + database.password(),
                        "otus-database")
                .orFail();
        run(database, "delete", "pod", pod, "--wait=false");
        database.awaitGone();
        assertThat(database.create().awaitReady().rows()).containsExactly("early", "late");
    }

    @Test
    @Execution(CONCURRENT)
    void claimsWithoutTheirLabelsAreFoundByName() {
        Database database = database("relabelled")
                .create()
                .awaitReady()
                .insert("kept")
                .delete()
                .awaitGone();
        database.create().awaitReady();
        for (String claim : List.of(database.dataClaim(), database.backupClaim())) {
            run(database, "label", "--overwrite", "pvc", claim, "app.kubernetes.io/managed-by=somebody");
        }
        database.insert("too").delete().awaitGone();
        run(database, "label", "--overwrite", "pvc", database.backupClaim(), "otus.homework/mysql=another");

        assertThat(database.create().awaitReady().rows()).containsExactly("kept", "too");
    }

    @Test
    @Execution(CONCURRENT)
    void keptDataIsArchivedBeforeAnotherImageOpensIt() {
        Node.tagImage("docker.io/library/mysql:9.7", "docker.io/library/mysql:9.7-kept");
        Database database = database("retained")
                .with("deletionPolicy", "Retain")
                .create()
                .awaitReady()
                .insert("kept");
        database.delete();
        run(database, "wait", "--for=delete", "ms/" + database.name(), "--timeout=240s");

        Database next = database.withImage("mysql:9.7-kept").create();
        await().atMost(Duration.ofMinutes(4))
                .untilAsserted(() -> assertThat(next.read("ms/" + next.name(), "{.status.image}"))
                        .isEqualTo("mysql:9.7-kept"));
        assertThat(next.awaitReady().rows()).containsExactly("kept");
        assertThat(archive(next)).contains(next.uid() + "-");
    }

    @Test
    @Execution(CONCURRENT)
    void aBackupClaimThatNeverWasBoundHoldsNothingUp() {
        Database database = database("mistyped");
        Database mistyped = database.with("backup", Map.of("storageClassName", "no-such-class"))
                .create();
        run(mistyped, "wait", "--for=create", "deployment/" + mistyped.name(), "--timeout=120s");
        mistyped.delete().awaitGone();

        assertThat(database.create().awaitReady().insert("works").rows()).containsExactly("works");
    }

    private static String archive(Database database) {
        return database.json("pvc/" + database.backupClaim())
                .getAsJsonObject("metadata")
                .getAsJsonObject("annotations")
                .get("otus.homework/backup-record")
                .getAsString()
                .replaceFirst(".*\"directory\":\"([^\"]*)\".*", "$1");
    }

    private static String podOfBackup(Database database) {
        run(database, "wait", "--for=create", "job/" + database.backupJob(), "--timeout=240s");
        return await().atMost(Duration.ofMinutes(4))
                .until(
                        () -> database.read(
                                "pods --selector=batch.kubernetes.io/job-name=" + database.backupJob(),
                                "{.items[*].metadata.name}"),
                        name -> !name.isEmpty());
    }

    private static String podUid(Database database, String pod) {
        return database.read("pod/" + pod, "{.metadata.uid}");
    }

    private static void run(Database database, String... command) {
        database.kubectl().run(command).orFail();
    }

    private static Database database(String name) {
        return Database.in(kubectl(), name);
    }

    private static Kubectl kubectl() {
        return NAMESPACE.kubectl();
    }
}
