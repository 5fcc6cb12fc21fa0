package homework.otus.mysql.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.Node;
import homework.otus.mysql.testing.OnInstalledOperator;
import homework.otus.mysql.testing.Runbook;
import homework.otus.mysql.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;

/** The runbooks in docs/operations.md do what they say, word for word. */
@OnInstalledOperator
class RunbookIT {
    private static final Path OPERATIONS = Path.of("docs/operations.md");
    private static final Path SAMPLE = Path.of("kustomize/samples/mysql-instance.yaml");
    private static final Path CARRIED_OVER = Path.of("backups.tar");
    private static final Path LARGER = Path.of("larger.yaml");

    @RegisterExtension
    static final Shell DATA = new Shell();

    @RegisterExtension
    static final Shell BACKUPS = new Shell();

    @RegisterExtension
    static final Shell VOLUME = new Shell();

    @RegisterExtension
    static final Shell PASSWORD = new Shell();

    @AfterAll
    static void clean() throws IOException {
        Files.deleteIfExists(CARRIED_OVER);
        Files.deleteIfExists(LARGER);
    }

    @Test
    @Execution(CONCURRENT)
    void aDeletedDataClaimIsGivenBack() {
        String wayOut =
                Runbook.commands(OPERATIONS, "The data claim was deleted").get(0);
        Database database = sample(DATA);
        database.awaitReady().insert("before");
        DATA.type("kubectl delete pvc mysql-instance-pvc --wait=false").orFail();
        assertThat(database.awaitReason("DataVolumeTerminating", "DataClaimDeleted")
                        .message())
                .contains("nothing is lost", "docs/operations.md");
        database.insert("after");

        CompletableFuture<Void> others = CompletableFuture.runAsync(RunbookIT::claimTheVolumeOfTheData);
        DATA.type(wayOut).orFail();
        others.join();
        assertThat(database.awaitReady().rows()).containsExactly("after", "before");
        assertThat(database.condition("DataVolumeTerminating").reason()).isEmpty();

        DATA.type("kubectl delete pvc mysql-instance-pvc --wait=false").orFail();
        database.delete();
        assertThat(database.awaitReason("Ready", "DataClaimDeleted").status()).isEqualTo("False");
        // Nothing was stopped.
        assertThat(database.insert("deleted").rows()).containsExactly("after", "before", "deleted");

        DATA.type(wayOut).orFail();
        assertThat(database.awaitReady().rows()).containsExactly("after", "before", "deleted");
        String volume = database.read("pvc/mysql-instance-pvc", "{.spec.volumeName}");
        database.delete().awaitGone();
        DATA.type("kubectl wait --for=delete --timeout=60s pv/" + volume).orFail();
        assertThat(sample(DATA).awaitReady().rows()).containsExactly("after", "before", "deleted");
    }

    /** What anybody in the cluster may do at any time. */
    private static void claimTheVolumeOfTheData() {
        DATA.type("""
            volume=$(kubectl get pvc mysql-instance-pvc --output=jsonpath={.spec.volumeName})
            for i in {1..60}; do
              kubectl create -f - <<EOF
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: another-$i}
            spec:
              volumeName: $volume
              storageClassName: standard
              accessModes: [ReadWriteOnce]
              resources: {requests: {storage: 1Gi}}
            EOF
            done
            """).orFail();
    }

    /** Else the oldest may go, and leave just enough room. */
    private static void hideAllButTheNewest(Path volume) throws IOException {
        try (Stream<Path> files = Files.list(volume)) {
            List<Path> archives = files.filter(
                            file -> file.getFileName().toString().startsWith("2"))
                    .sorted()
                    .toList();
            for (Path older : archives.subList(0, archives.size() - 1)) {
                Files.move(older, older.resolveSibling(".hidden-" + older.getFileName()));
            }
        }
    }

    @Test
    @Execution(CONCURRENT)
    void backupsAreLookedAtChosenCarriedOverAndGivenRoom() throws IOException {
        List<String> look = Runbook.commands(OPERATIONS, "Look into the backups");
        sample(BACKUPS).awaitReady().insert("old").delete().awaitGone();
        Database database = sample(BACKUPS).awaitReady().insert("new");
        BACKUPS.type(look.get(0)).orFail();
        assertThat(BACKUPS.type(look.get(1)).orFail()).contains("mysql-instance");

        for (String commands : Runbook.commands(OPERATIONS, "Restore an older backup")) {
            BACKUPS.type(commands).orFail();
        }
        assertThat(database.awaitReady().rows()).containsExactly("old");

        List<String> move = Runbook.commands(OPERATIONS, "Move a database to another cluster");
        database.delete().awaitGone();
        BACKUPS.type(look.get(0)).orFail();
        BACKUPS.type(move.get(0)).orFail();
        // Now all is gone, as if this were another cluster.
        BACKUPS.type("kubectl delete pod look --grace-period=1; kubectl delete pvc --all; kubectl delete jobs --all")
                .orFail();
        BACKUPS.type(move.get(1)).orFail();
        BACKUPS.type(look.get(0)).orFail();
        BACKUPS.type(move.get(2)).orFail();
        assertThat(database.awaitReady().rows()).containsExactly("old");

        Path volume = Node.volume(database.kubectl(), database.backupClaim());
        hideAllButTheNewest(volume);
        Node.fill(volume);
        database.delete();
        assertThat(database.awaitReason("BackupSucceeded", "BackupFailed").message())
                .contains("backup");
        BACKUPS.type(Runbook.commands(OPERATIONS, "A full backup volume").get(0))
                .orFail();
        database.awaitGone();
        assertThat(sample(BACKUPS).awaitReady().rows()).containsExactly("old");
    }

    @Test
    @Execution(CONCURRENT)
    void aDatabaseMovesToALargerVolume() throws IOException {
        database(VOLUME)
                .with("storageClassName", "wait-for-consumer")
                .create()
                .awaitReady()
                .insert("kept");
        Files.writeString(LARGER, Files.readString(SAMPLE).replace("1Gi", "2Gi"));
        VOLUME.type(Runbook.commands(OPERATIONS, "A volume that can't grow").get(0))
                .orFail();
        Database larger = database(VOLUME).awaitReady();
        assertThat(larger.rows()).containsExactly("kept");
        assertThat(larger.read("pvc/" + larger.dataClaim(), "{.spec.storageClassName} {.status.capacity.storage}"))
                .isEqualTo("standard 2Gi");
    }

    @Test
    @Execution(CONCURRENT)
    void anApplicationGetsAnotherPassword() {
        Database database = sample(PASSWORD).awaitReady().insert("kept");
        String before = database.read("secret/mysql-instance-binding", "{.data.password}");
        PASSWORD.type(Runbook.commands(OPERATIONS, "A rotated password").get(0)).orFail();
        await().atMost(Duration.ofMinutes(2))
                .until(() -> rowsForApplication(before).contains("denied"));
        String after = database.read("secret/mysql-instance-binding", "{.data.password}");
        await().atMost(Duration.ofMinutes(2))
                .until(() -> rowsForApplication(after).contains("kept"));
        assertThat(database.awaitReady().rows()).containsExactly("kept");
    }

    /** @param password in Base64 */
    private static String rowsForApplication(String password) {
        return PASSWORD.type("kubectl exec deployment/mysql-instance -- sh -c 'mysql --host=mysql-instance --user=app "
                        + "--password=$(echo " + password + " | base64 -d) -e \"SELECT * FROM test\" otus-database'")
                .text();
    }

    private static Database sample(Shell shell) {
        shell.type("kubectl apply -f " + SAMPLE).orFail();
        return database(shell);
    }

    private static Database database(Shell shell) {
        return Database.in(shell.kubectl(), "mysql-instance");
    }
}
