package homework.otus.mysql.program.archive;

import static homework.otus.mysql.program.JobFailureAssert.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.program.ArchiveRecord;
import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobOutcome;
import homework.otus.mysql.program.JobResult;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreTest {
    private Volumes volumes;

    @BeforeEach
    void prepare(@TempDir Path root) throws IOException {
        volumes = new Volumes(root).withDataDirectory();
    }

    private Path restored() {
        return volumes.restored.resolve("mysql");
    }

    private void assertSameAsSource() throws IOException {
        assertThat(Tree.of(restored())).isEqualTo(Tree.of(volumes.directory()));
    }

    @Test
    void bringsBackEveryFileWithItsContentModeAndTime() throws Exception {
        JobResult backup = volumes.backup();

        JobResult result = volumes.restore();

        assertThat(result.outcome()).isEqualTo(JobOutcome.Restored);
        assertThat(result.archive()).isEqualTo(backup.archive());
        assertSameAsSource();
        assertThat(Volumes.names(volumes.restored)).containsExactly("mysql", "restored-from.json", "server-version");
        assertThat(ArchiveRecord.parse(Files.readString(volumes.restored.resolve("restored-from.json"))))
                .isEqualTo(backup.archive());
        assertThat(new DataVolume(volumes.restored).serverVersion()).hasToString("Optional[9.7.4]");
    }

    @Test
    void bringsBackModes() throws Exception {
        int[] modes = {0, 0400, 0444, 0600, 0640, 0660, 0755, 0777, 04755, 02640, 01777};
        for (int mode : modes) {
            Path file = volumes.write("file" + mode, new byte[] {1});
            Files.setAttribute(file, "unix:mode", mode);
            Path held = volumes.write("dir" + mode + "/held", new byte[] {1});
            Files.setAttribute(held.getParent(), "unix:mode", mode);
        }
        Files.setAttribute(volumes.directory(), "unix:mode", 0750);
        volumes.backup();

        volumes.restore();

        assertSameAsSource();
    }

    @Test
    void bringsBackOddNames() throws Exception {
        for (String name : new String[] {
            "new\nline",
            "two words",
            "-rf",
            "%41",
            "per%cent",
            "quote\"'\\",
            "a" + "b".repeat(254),
            "semi;colon$(x)`y`",
            "\u0001\u007f",
            "...",
            "a/b/c/d/e/f",
            "a-b",
            "a.b",
            "d" + "e".repeat(254) + "/f" + "g".repeat(254) + "/h" + "i".repeat(254)
        }) {
            volumes.write(name, name.getBytes(StandardCharsets.UTF_8));
        }
        volumes.backup();

        volumes.restore();

        assertSameAsSource();
    }

    @Test
    void bringsBackNamesInEveryByteThereIs() throws Exception {
        for (int b = 1; b < 256; b++) {
            if (b != '/') {
                Path file = new EntryName("name-" + (char) b).in(volumes.directory());
                Files.write(file, new byte[] {(byte) b});
            }
        }
        volumes.backup();

        volumes.restore();

        assertThat(Tree.of(restored())).hasSizeGreaterThan(254);
        assertSameAsSource();
    }

    @Test
    void makesHolesOfZeros() throws Exception {
        Path sparse = volumes.write("sparse", new byte[0]);
        try (RandomAccessFile file = new RandomAccessFile(sparse.toFile(), "rw")) {
            file.seek(10_000_000);
            file.write(Volumes.random(new Random(3), 10_000));
            file.setLength(200_000_000);
        }
        volumes.write("dense", new byte[20_000_000]);
        volumes.backup();

        volumes.restore();

        assertSameAsSource();
        assertThat(diskUsage(restored())).isLessThan(1_000_000);
    }

    private static long diskUsage(Path directory) throws Exception {
        Process du = new ProcessBuilder("du", "-s", "-B1", directory.toString()).start();
        String text = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Long.parseLong(text.split("\t", 2)[0]);
    }

    @Test
    void bringsBackAHardLinkAsAFileOfItsOwn() throws Exception {
        Files.createLink(
                volumes.directory().resolve("link"), volumes.directory().resolve("ibdata1"));
        volumes.backup();

        volumes.restore();

        assertSameAsSource();
        assertThat(Files.getAttribute(restored().resolve("link"), "unix:nlink")).isEqualTo(1);
    }

    @Test
    void bringsBackFilesOfEverySizeAroundTheBuffers() throws Exception {
        Random random = new Random(4);
        for (int size : new int[] {1, 511, 512, 513, 4095, 4096, 4097, 65_536, 262_143, 262_144, 262_145, 1 << 20}) {
            volumes.write("random" + size, Volumes.random(random, size));
            volumes.write("zeros" + size, new byte[size]);
        }
        volumes.backup();

        volumes.restore();

        assertSameAsSource();
    }

    @Test
    void takesTheNewestArchive() throws Exception {
        volumes.backup();
        volumes.backupOfNextLife();
        JobResult newest = volumes.backupOfNextLife();

        assertThat(volumes.restore().archive()).isEqualTo(newest.archive());
        assertSameAsSource();
    }

    @Test
    void takesTheNewestWhereThatIsAsNewAsTheRecordedOne() throws Exception {
        JobResult older = volumes.backup();
        JobResult newest = volumes.backupOfNextLife();

        assertThat(volumes.restore(older.archive().directory()).archive()).isEqualTo(newest.archive());
    }

    @Test
    void takesNoOlderOneInThePlaceOfTheRecordedOne() throws Exception {
        JobResult older = volumes.backup();
        String newest = volumes.backupOfNextLife().archive().directory();
        Path away = volumes.backups.resolve("../" + newest);
        Files.move(volumes.backups.resolve(newest), away);

        assertFails(FailureReason.ArchiveMissing, () -> volumes.restore(newest)).contains(newest, "holds older ones");
        assertThat(Volumes.names(volumes.restored)).isEmpty();

        Files.move(away, volumes.backups.resolve(".hidden-" + newest));
        assertThat(volumes.restore(newest).archive()).isEqualTo(older.archive());
    }

    @Test
    void beginsNothingNewInThePlaceOfTheRecordedOne() throws Exception {
        assertFails(FailureReason.ArchiveMissing, () -> volumes.restore("20261121T110000Z-id-0"))
                .contains("20261121T110000Z-id-0", "holds none");
    }

    @Test
    void hasNothingToDoWhereThereIsNoArchive() throws Exception {
        Files.createDirectories(volumes.backups.resolve("lost+found"));
        Files.createDirectories(volumes.backups.resolve(".partial-20261121T110000Z-id-0"));

        assertThat(volumes.restore().outcome()).isEqualTo(JobOutcome.NothingToRestore);
        assertThat(Volumes.names(volumes.restored)).isEmpty();
    }

    @Test
    void leavesADataDirectoryThatIsThereAndSaysWhereItCameFrom() throws Exception {
        JobResult backup = volumes.backup();
        volumes.restore();
        Files.writeString(restored().resolve("ibdata1"), "newer");

        JobResult result = volumes.restore();

        assertThat(result.outcome()).isEqualTo(JobOutcome.AlreadyThere);
        assertThat(result.archive()).isEqualTo(backup.archive());
        assertThat(restored().resolve("ibdata1")).hasContent("newer");
    }

    @Test
    void leavesADataDirectoryOfUnknownOrigin() throws Exception {
        volumes.backup();
        Files.createDirectories(restored().resolve("mysql"));
        Files.writeString(volumes.restored.resolve("restored-from.json"), "not JSON");

        JobResult result = volumes.restore();

        assertThat(result.outcome()).isEqualTo(JobOutcome.AlreadyThere);
        assertThat(result.archive()).isNull();
    }

    @Test
    void takesAnEmptyDirectoryForNone() throws Exception {
        volumes.backup();
        Files.createDirectory(restored());

        assertThat(volumes.restore().outcome()).isEqualTo(JobOutcome.Restored);
        assertSameAsSource();
    }

    @Test
    void removesWhatACutOffRestoreOrInitialisationLeft() throws Exception {
        volumes.backup();
        Files.createDirectories(volumes.restored.resolve(".restoring-old/mysql"));
        Files.createDirectories(volumes.restored.resolve(".initialising/mysql"));
        Files.createDirectories(volumes.restored.resolve("lost+found"));

        volumes.restore();

        assertThat(Volumes.names(volumes.restored))
                .containsExactly("lost+found", "mysql", "restored-from.json", "server-version");
    }

    @Test
    void refusesAnOlderServerBeforeItUnpacksAnything() throws Exception {
        volumes.backup();
        volumes.server = "mysqld  Ver 8.4.5 for Linux";

        assertFails(FailureReason.UnsupportedVersion, volumes::restore).contains("9.7.4", "8.4.5");
        assertThat(Volumes.names(volumes.restored)).isEmpty();
    }

    @Test
    void takesAServerOfUnknownVersionWithANote() throws Exception {
        volumes.backup();
        volumes.server = null;

        assertThat(volumes.restore().message()).contains("not checked");
    }
}
