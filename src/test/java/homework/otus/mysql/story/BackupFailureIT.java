package homework.otus.mysql.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.Database.Condition;
import homework.otus.mysql.testing.Node;
import homework.otus.mysql.testing.OnInstalledOperator;
import homework.otus.mysql.testing.ThrowawayNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;

/** A final backup that fails keeps the rows and the database's object, and says what to do. */
@OnInstalledOperator
class BackupFailureIT {
    @RegisterExtension
    static final ThrowawayNamespace NAMESPACE = new ThrowawayNamespace();

    @Test
    @Execution(CONCURRENT)
    void aFullBackupVolumeBlocksTheDeletionUntilThereIsRoom() throws IOException {
        Database database = withArchive("full");
        Path archives = archives(database);
        String older = Node.digest(archives);
        Path ballast = Node.fill(archives);

        database.delete();
        Condition condition = database.awaitReason("BackupSucceeded", "BackupFailed");
        assertThat(condition.status()).isEqualTo("False");
        assertThat(condition.message())
                .contains("too small", "enlarge the backup claim")
                .contains("otus.homework/skip-final-backup=" + database.uid());
        assertThat(database.message()).isEqualTo(condition.message());
        assertThat(database.events()).contains("BackupFailed: " + condition.message());

        Files.delete(ballast);
        assertThat(Node.digest(archives)).isEqualTo(older);
        tryAgain(database);
        database.awaitGone();
        assertThat(Node.digest(archives)).contains(older);
        assertThat(database.create().awaitReady().rows()).containsExactly("first life", "second life");
    }

    @Test
    @Execution(CONCURRENT)
    void aReadOnlyBackupVolumeBlocksTheDeletionUntilItCanBeWritten() {
        Database database = withArchive("readonly");
        Path archives = archives(database);
        String older = Node.digest(archives);
        Node.remount(archives, "ro");
        try {
            database.delete();
            Condition condition = database.awaitReason("BackupSucceeded", "BackupFailed");
            assertThat(condition.message()).contains("make it writable", "skip-final-backup");
            assertThat(database.events()).contains("BackupFailed: " + condition.message());
            assertThat(Node.digest(archives)).isEqualTo(older);
        } finally {
            Node.remount(archives, "rw");
        }
        // Nobody deletes the Job: it is tried again all the same.
        database.awaitGone();
        assertThat(Node.digest(archives)).contains(older);
        assertThat(database.create().awaitReady().rows()).containsExactly("first life", "second life");
    }

    @Test
    @Execution(CONCURRENT)
    void theSkipAnnotationReleasesADatabaseWhoseBackupFails() throws IOException {
        Database database = withArchive("skipped");
        Path archives = archives(database);
        String older = Node.digest(archives);
        Path ballast = Node.fill(archives);
        database.delete().awaitReason("BackupSucceeded", "BackupFailed");
        // One that was copied from another object says nothing about this one.
        database.kubectl()
                .run("annotate", "ms", database.name(), "otus.homework/skip-final-backup=another-uid")
                .orFail();
        tryAgain(database);
        database.kubectl()
                .run("wait", "--for=create", "job/" + database.backupJob(), "--timeout=60s")
                .orFail();
        database.kubectl()
                .run("wait", "--for=condition=Failed", "job/" + database.backupJob(), "--timeout=120s")
                .orFail();
        assertThat(database.read("pvc/" + database.dataClaim(), "{.metadata.deletionTimestamp}"))
                .isEmpty();

        database.skipFinalBackup().awaitGone();
        assertThat(database.events()).anySatisfy(event -> assertThat(event).startsWith("BackupSkipped"));
        Files.delete(ballast);
        assertThat(Node.digest(archives)).isEqualTo(older);
        assertThat(database.create().awaitReady().rows()).containsExactly("first life");
    }

    @Test
    @Execution(CONCURRENT)
    void whatElseIsOnTheBackupVolumeDoesNotMatter() throws IOException {
        Database database = withArchive("others");
        Path archives = archives(database);
        flipAByte(archive(archives));
        Path foreign = Files.createDirectory(archives.resolve("somebody-elses"));
        Files.writeString(foreign.resolve("file"), "left alone");
        String before = Node.digest(archives);

        database.delete().awaitGone();
        assertThat(Node.digest(archives)).contains(before.lines().toList());
        assertThat(database.create().awaitReady().rows()).containsExactly("first life", "second life");
    }

    /** Lives a second time, so that there is an archive of the first. */
    private static Database withArchive(String name) {
        Database database = Database.in(NAMESPACE.kubectl(), name);
        database.create().awaitReady().insert("first life").delete().awaitGone();
        return database.create().awaitReady().insert("second life");
    }

    private static Path archives(Database database) {
        return Node.volume(database.kubectl(), database.backupClaim());
    }

    private static Path archive(Path archives) {
        return Node.awaitFile(archives, "20");
    }

    static void flipAByte(Path archive) throws IOException {
        Path file = archive.resolve("data.tar.zst");
        byte[] content = Files.readAllBytes(file);
        content[content.length / 2] ^= 1;
        Files.write(file, content);
    }

    private static void tryAgain(Database database) {
        database.kubectl().run("delete", "job", database.backupJob()).orFail();
    }
}
