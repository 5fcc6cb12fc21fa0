package homework.otus.mysql.program.archive;

import static homework.otus.mysql.program.JobFailureAssert.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobFailure;
import homework.otus.mysql.program.JobOutcome;
import homework.otus.mysql.program.JobResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Volumes that are really full, or really read-only. */
class FullDiskTest {
    private Volumes volumes;
    private Tmpfs backups;
    private Tmpfs restored;

    @BeforeEach
    void prepare(@TempDir Path root) throws Exception {
        volumes = new Volumes(root).withDataDirectory();
        backups = new Tmpfs(volumes.backups, "10m");
        restored = new Tmpfs(volumes.restored, "10m");
        fill("ibdata1", 1_000_000);
    }

    @AfterEach
    void unmount() throws Exception {
        try (Tmpfs first = backups;
                Tmpfs second = restored) {
            assertThat(first).isNotSameAs(second);
        }
    }

    private void fill(String name, int size) throws IOException {
        volumes.write(name, Volumes.random(new Random(size), size));
    }

    private JobResult backupOfNextLife() throws JobFailure, IOException {
        return volumes.backupOfNextLife(1_000_000);
    }

    private void leaveFree(int bytes) throws IOException {
        long free = Files.getFileStore(volumes.backups).getUsableSpace();
        Files.write(volumes.backups.resolve("filler"), new byte[(int) free - bytes]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4k", "64k", "512k", "900k"})
    void failsWhereTheBackupVolumeIsTooSmall(String size) throws Exception {
        backups.resize(size);

        assertFails(FailureReason.NoSpace, volumes::backup).contains("backup volume is too small");
        assertThat(Volumes.names(volumes.backups)).isEmpty();
    }

    @Test
    void keepsTheOnlyArchiveWhenThereIsNoRoomForAnother() throws Exception {
        String only = volumes.backup().archive().directory();
        backups.resize("1500k");

        assertFails(FailureReason.NoSpace, this::backupOfNextLife);
        assertThat(Volumes.names(volumes.backups)).containsExactly(only);
    }

    @Test
    void removesTheOldestArchivesButNeverTheNewestToMakeRoom() throws Exception {
        volumes.backup();
        backupOfNextLife();
        String newest = backupOfNextLife().archive().directory();
        leaveFree(200_000);

        JobResult result = volumes.backupOfNextLife(1_900_000);

        assertThat(volumes.complete()).containsExactly(result.archive().directory(), newest);
    }

    @Test
    void doesNotRemoveASoundArchiveForADamagedNewerOne() throws Exception {
        String sound = volumes.backup().archive().directory();
        Path damaged = volumes.archive(backupOfNextLife());
        byte[] archive = Files.readAllBytes(damaged.resolve(ArchiveDirectory.ARCHIVE));
        archive[archive.length / 2] ^= 1;
        Files.write(damaged.resolve(ArchiveDirectory.ARCHIVE), archive);
        leaveFree(200_000);

        assertFails(FailureReason.NoSpace, this::backupOfNextLife);
        assertThat(volumes.complete()).contains(sound);
    }

    @Test
    void failsWhereTheBackupVolumeIsReadOnly() throws Exception {
        backups.makeReadOnly();

        assertFails(FailureReason.ReadOnly, volumes::backup).contains("backup volume can't be written to");
    }

    @Test
    void findsItsOwnArchiveOnAReadOnlyVolume() throws Exception {
        volumes.backup();
        backups.makeReadOnly();

        assertThat(volumes.backup().existing()).isTrue();
    }

    @Test
    void restoresFromAReadOnlyBackupVolume() throws Exception {
        volumes.backup();
        backups.makeReadOnly();

        assertThat(volumes.restore().outcome()).isEqualTo(JobOutcome.Restored);
    }

    @Test
    void saysHowMuchRoomARestoreNeedsBeforeItBegins() throws Exception {
        volumes.backup();
        restored.resize("900k");
        Files.createDirectory(volumes.restored.resolve("lost+found"));

        assertFails(FailureReason.NoSpace, volumes::restore)
                .containsPattern("needs \\d{7,} bytes and it has \\d+ free");
        assertThat(Volumes.names(volumes.restored)).containsExactly("lost+found");
    }

    @Test
    void cleansUpWhenTheRoomRunsOutWhileRestoring() throws Exception {
        volumes.backup();
        volumes.disk = new HookedDisk(step -> {
            if (step.path().endsWith("ibdata1") && step.action().equals("create")) {
                try {
                    restored.resize("500k");
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        });

        assertFails(FailureReason.NoSpace, volumes::restore).contains("data volume is too small");
        assertThat(Volumes.names(volumes.restored)).isEmpty();
    }

    @Test
    void restoresASparseDirectoryToAVolumeSmallerThanItsFiles() throws Exception {
        volumes.write("sparse", new byte[20_000_000]);
        volumes.backup();
        restored.resize("3m");

        assertThat(volumes.restore().outcome()).isEqualTo(JobOutcome.Restored);
        assertThat(Tree.of(volumes.restored.resolve("mysql"))).isEqualTo(Tree.of(volumes.directory()));
    }

    @Test
    void failsWhereTheDataVolumeIsReadOnly() throws Exception {
        volumes.backup();
        restored.makeReadOnly();

        assertFails(FailureReason.ReadOnly, volumes::restore).contains("data volume can't be written to");
    }
}
