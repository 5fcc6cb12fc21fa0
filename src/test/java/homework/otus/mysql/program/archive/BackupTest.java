package homework.otus.mysql.program.archive;

import static homework.otus.mysql.program.JobFailureAssert.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.program.ArchiveRecord;
import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobOutcome;
import homework.otus.mysql.program.JobResult;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupTest {
    private Volumes volumes;

    @BeforeEach
    void prepare(@TempDir Path root) throws IOException {
        volumes = new Volumes(root).withDataDirectory();
    }

    @Test
    void publishesAnArchiveWithAllItSays() throws Exception {
        JobResult result = volumes.backup();

        assertThat(result.outcome()).isEqualTo(JobOutcome.Complete);
        assertThat(result.existing()).isFalse();
        ArchiveRecord archive = result.archive();
        assertThat(archive.directory()).isEqualTo("20261121T120000Z-id-1");
        assertThat(archive.serverVersion()).isEqualTo("9.7.4");
        assertThat(archive.files()).isEqualTo(6);
        assertThat(archive.bytes()).isEqualTo(21 + 20_000 + 5_000 + 300 + 40_960);
        assertThat(Volumes.names(volumes.backups)).containsExactly("20261121T120000Z-id-1");
        assertThat(Volumes.names(volumes.archive(result))).containsExactlyInAnyOrderElementsOf(ArchiveDirectory.ALL);
        assertThat(Files.size(volumes.archive(result).resolve(ArchiveDirectory.ARCHIVE)))
                .isEqualTo(archive.archiveBytes());
    }

    @Test
    void findsItsOwnArchiveWhenItRunsAgain() throws Exception {
        JobResult first = volumes.backup();
        volumes.now = volumes.now.plusSeconds(60);

        JobResult second = volumes.backup();

        assertThat(second.existing()).isTrue();
        assertThat(second.archive()).isEqualTo(first.archive());
        assertThat(volumes.complete()).hasSize(1);
    }

    @Test
    void writesAnotherArchiveWhenTheSourceChangedSinceItsOwn() throws Exception {
        JobResult first = volumes.backup();
        Path file = volumes.write("ibdata1", Volumes.random(new Random(2), 20_000));
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));

        JobResult second = volumes.backup();

        assertThat(second.existing()).isFalse();
        assertThat(second.archive().directory()).isEqualTo("20261121T120001Z-id-1");
        assertThat(volumes.complete())
                .containsExactly(second.archive().directory(), first.archive().directory());
    }

    @Test
    void writesAnotherArchiveWhenItsOwnIsDamaged() throws Exception {
        JobResult first = volumes.backup();
        Files.write(
                volumes.archive(first).resolve(ArchiveDirectory.ARCHIVE),
                new byte[(int) first.archive().archiveBytes()]);

        JobResult second = volumes.backup();

        assertThat(second.existing()).isFalse();
        assertThat(second.archive().directory()).isNotEqualTo(first.archive().directory());
        assertThat(volumes.archive(first)).exists();
    }

    @Test
    void doesNotTakeAnotherLifesArchiveForItsOwn() throws Exception {
        volumes.backup();
        volumes.id = "id-2";

        JobResult result = volumes.backup();

        assertThat(result.existing()).isFalse();
        assertThat(result.archive().id()).isEqualTo("id-2");
    }

    @Test
    void sortsAfterOlderArchivesEvenIfTheClockWasSetBack() throws Exception {
        volumes.backup();
        volumes.now = Volumes.NOON.minusSeconds(7200);
        volumes.id = "id-2";

        assertThat(volumes.backup().archive().directory()).isEqualTo("20261121T120001Z-id-2");
    }

    @Test
    void hasNothingToDoWhereThereIsNoDataDirectory(@TempDir Path root) throws Exception {
        Volumes empty = new Volumes(root);
        empty.served = HasServed.NO;

        assertThat(empty.backup().outcome()).isEqualTo(JobOutcome.NothingToBackUp);
        assertThat(Volumes.names(empty.backups)).isEmpty();
    }

    @Test
    void hasNothingToDoWhereTheDataDirectoryIsEmpty(@TempDir Path root) throws Exception {
        Volumes empty = new Volumes(root);
        empty.served = HasServed.NO;
        Files.createDirectories(empty.directory().resolve("lost+found"));

        assertThat(empty.backup().outcome()).isEqualTo(JobOutcome.NothingToBackUp);
    }

    @Test
    void failsWhereAVolumeIsNotMounted() throws Exception {
        Files.delete(volumes.backups);

        assertFails(FailureReason.InvalidArgument, volumes::backup).contains("backup volume", "not mounted");
    }

    @Test
    void keepsTheNewestArchivesAndTouchesNoOthers() throws Exception {
        Files.createDirectories(volumes.backups.resolve("lost+found"));
        Files.writeString(volumes.backups.resolve("notes.txt"), "mine");
        Files.createDirectories(volumes.backups.resolve(".damaged-x"));
        volumes.backup();
        Path damaged = volumes.archive(volumes.backupOfNextLife());
        Files.delete(damaged.resolve(ArchiveDirectory.SUMS));
        for (int life = 0; life < 4; life++) {
            volumes.backupOfNextLife();
        }

        assertThat(Volumes.names(volumes.backups))
                .containsExactly(
                        ".damaged-x",
                        "20261121T130000Z-id-2",
                        "20261121T150000Z-id-4",
                        "20261121T160000Z-id-5",
                        "20261121T170000Z-id-6",
                        "lost+found",
                        "notes.txt");
    }

    @Test
    void removesWhatACutOffBackupLeft() throws Exception {
        Path partial = Files.createDirectories(volumes.backups.resolve(".partial-20261121T110000Z-id-0/deep"));
        Files.writeString(partial.resolve("data.tar.zst"), "half");
        Files.createDirectories(volumes.backups.resolve(".removing-x"));

        volumes.backup();

        assertThat(Volumes.names(volumes.backups)).containsExactly("20261121T120000Z-id-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"link", "otus@002ddatabase/link"})
    void refusesASymbolicLinkAndNamesIt(String name) throws Exception {
        Files.createSymbolicLink(volumes.directory().resolve(name), Path.of("ibdata1"));

        assertFails(FailureReason.UnsupportedFile, volumes::backup).contains(name, "symbolic link");
        assertThat(Volumes.names(volumes.backups)).isEmpty();
    }

    @Test
    void refusesADataDirectoryThatIsASymbolicLink() throws Exception {
        Files.move(volumes.directory(), volumes.data.resolve("elsewhere"));
        Files.createSymbolicLink(volumes.directory(), Path.of("elsewhere"));

        assertFails(FailureReason.UnsupportedFile, volumes::backup).contains("mysql", "symbolic link");
    }

    @Test
    void refusesAPipe() throws Exception {
        String pipe = volumes.directory().resolve("pipe").toString();
        assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();

        assertFails(FailureReason.UnsupportedFile, volumes::backup).contains("pipe", "neither a file nor a directory");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ibtmp1",
                "ibdata.pid",
                "ibdata.sock",
                "ibdata.sock.lock",
                "otus@002ddatabase/t.pid",
                "#innodb_temp/t.ibt"
            })
    void keepsWhatMayBeATablespaceWhateverItsName(String name) throws Exception {
        volumes.write(name, new byte[9]);

        volumes.backup();
        volumes.restore();

        assertThat(volumes.restored.resolve("mysql").resolve(name)).hasBinaryContent(new byte[9]);
    }

    @Test
    void takesNoTimeThatNoNameCanHave() throws Exception {
        Files.createDirectories(volumes.backups.resolve("99991231T235959Z-aaaa"));

        assertFails(FailureReason.Corrupt, volumes::backup).contains("rename it to .damaged-99991231T235959Z-aaaa");
    }

    @Test
    void leavesOutWhatTheNextStartMakesAnew() throws Exception {
        volumes.write("#innodb_temp/temp_1.ibt", new byte[9]);
        volumes.write("lost+found/x", new byte[9]);
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(volumes.directory().resolve("mysqlx")));

            volumes.backup();
        }
        volumes.restore();

        assertThat(Volumes.names(volumes.restored.resolve("mysql")))
                .containsExactly(
                        "#innodb_redo",
                        "#innodb_temp",
                        "auto.cnf",
                        "binlog.000001",
                        "empty.ibd",
                        "ibdata1",
                        "otus@002ddatabase",
                        "performance_schema");
        assertThat(volumes.restored.resolve("mysql/#innodb_temp")).isEmptyDirectory();
    }
}
