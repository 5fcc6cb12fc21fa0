package homework.otus.mysql.program.archive;

import static homework.otus.mysql.program.JobFailureAssert.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedArchiveTest {
    private Volumes volumes;
    private Path archive;

    @BeforeEach
    void prepare(@TempDir(factory = MemoryDirectory.class) Path root) throws Exception {
        volumes = new Volumes(root);
        volumes.write("ibdata1", "a small file\n".repeat(20).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        volumes.write("a/b.ibd", new byte[4096]);
        archive = volumes.archive(volumes.backup());
    }

    private void assertRefused(String what) throws IOException {
        assertFails(FailureReason.Corrupt, volumes::restore)
                .as(what)
                .contains(archive.getFileName().toString(), "no older complete archive");
        assertThat(Volumes.names(volumes.restored)).as(what).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ArchiveDirectory.ARCHIVE,
                ArchiveDirectory.FILE_LIST,
                ArchiveDirectory.MANIFEST,
                ArchiveDirectory.SUMS
            })
    void isRefusedWhicheverBitOfAFileIsFlipped(String file) throws Exception {
        byte[] sound = Files.readAllBytes(archive.resolve(file));
        for (int at = 0; at < sound.length; at++) {
            byte[] flipped = sound.clone();
            flipped[at] ^= (byte) (1 << at % 8);
            Files.write(archive.resolve(file), flipped);

            assertRefused("byte " + at);
        }
        Files.write(archive.resolve(file), sound);
        assertThat(volumes.restore().outcome()).isEqualTo(JobOutcome.Restored);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ArchiveDirectory.ARCHIVE,
                ArchiveDirectory.FILE_LIST,
                ArchiveDirectory.MANIFEST,
                ArchiveDirectory.SUMS
            })
    void isRefusedWhereverAFileIsCutOff(String file) throws Exception {
        byte[] sound = Files.readAllBytes(archive.resolve(file));
        for (int length = 0; length < sound.length; length += 7) {
            Files.write(archive.resolve(file), Arrays.copyOf(sound, length));

            assertRefused("cut to " + length);
        }
        Files.write(archive.resolve(file), Arrays.copyOf(sound, sound.length + 1));
        assertRefused("one byte longer");
        Files.delete(archive.resolve(file));
        assertRefused("missing");
    }

    @Test
    void isRefusedUnderAnotherName() throws Exception {
        archive = Files.move(archive, volumes.backups.resolve("20270101T000000Z-id-1"));
        assertRefused("a later time");

        archive = Files.move(archive, volumes.backups.resolve("copy"));
        assertRefused("no time");
    }

    @Test
    void isNotPassedOverForAnOlderOneUntilItIsMovedAway() throws Exception {
        String older = archive.getFileName().toString();
        Path newer = volumes.archive(volumes.backupOfNextLife());
        Files.write(newer.resolve(ArchiveDirectory.ARCHIVE), new byte[3]);

        assertFails(FailureReason.Corrupt, volumes::restore)
                .contains(newer.getFileName().toString(), older, "rename", ".damaged-");

        Files.move(newer, volumes.backups.resolve(".damaged-" + newer.getFileName()));
        assertThat(volumes.restore().archive().directory()).isEqualTo(older);
    }

    @Test
    void isNotTakenForNothing() throws Exception {
        for (String file : ArchiveDirectory.ALL) {
            Files.delete(archive.resolve(file));
        }

        assertRefused("an empty directory named as an archive");
    }

    @Test
    void ofALaterFormatIsRefused() throws Exception {
        Path manifest = archive.resolve(ArchiveDirectory.MANIFEST);
        Files.writeString(
                manifest, Files.readString(manifest).replace("\"formatVersion\" : 1", "\"formatVersion\" : 2"));

        assertFails(FailureReason.Corrupt, volumes::restore).contains("format version 2");
    }

    @Test
    void isNoticedWhenTheVolumeGivesBackSomethingElseThanWasWritten() throws Exception {
        volumes.id = "id-2";
        volumes.disk = new HookedDisk(step -> {
            if (step.action().equals("sync") && step.path().endsWith(".partial-20261121T120001Z-id-2")) {
                Path written = step.path().resolve(ArchiveDirectory.ARCHIVE);
                byte[] content = Files.readAllBytes(written);
                content[content.length / 2] ^= 4;
                Files.write(written, content);
            }
        });

        assertFails(FailureReason.Corrupt, volumes::backup).contains("doesn't give back what was written");
        assertThat(volumes.complete()).containsExactly(archive.getFileName().toString());
        assertThat(Volumes.names(volumes.backups)).hasSize(1);
    }
}
