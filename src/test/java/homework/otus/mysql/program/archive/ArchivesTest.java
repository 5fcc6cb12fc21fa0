package homework.otus.mysql.program.archive;

import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.program.ArchiveRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchivesTest {
    @Test
    void areListedNewestFirstWithWhatIsWrongWithThem(@TempDir Path root) throws Exception {
        Volumes volumes = new Volumes(root).withDataDirectory();
        ArchiveRecord first = volumes.backup().archive();
        ArchiveRecord second = volumes.backupOfNextLife().archive();
        Files.delete(volumes.backups.resolve(second.directory()).resolve(ArchiveDirectory.SUMS));
        ArchiveRecord third = volumes.backupOfNextLife().archive();
        Files.writeString(Files.createDirectory(volumes.backups.resolve("copy")).resolve("manifest.json"), "{}");
        Files.createDirectory(volumes.backups.resolve("20261121T120000Z-empty"));
        Files.createDirectory(volumes.backups.resolve(".partial-20261121T120000Z-x"));
        Files.createDirectory(volumes.backups.resolve("lost+found"));
        Files.writeString(volumes.backups.resolve("20261121T120000Z-file"), "");

        assertThat(Archives.list(volumes.backups))
                .extracting(Archives.Listed::directory)
                .containsExactly(
                        "copy", third.directory(), second.directory(), first.directory(), "20261121T120000Z-empty");
        assertThat(Archives.list(volumes.backups))
                .filteredOn(Archives.Damaged.class::isInstance)
                .extracting(listed -> ((Archives.Damaged) listed).problem())
                .satisfiesExactly(
                        problem -> assertThat(problem).contains("copy", "formatVersion"),
                        problem -> assertThat(problem).contains(second.directory(), "SHA256SUMS is missing"),
                        problem -> assertThat(problem).contains("manifest.json is missing"));
    }

    @Test
    void tellWhatAManifestSays(@TempDir Path root) throws Exception {
        Volumes volumes = new Volumes(root).withDataDirectory();
        ArchiveRecord archive = volumes.backup().archive();

        assertThat(Archives.list(volumes.backups))
                .singleElement()
                .isInstanceOfSatisfying(Archives.Complete.class, complete -> {
                    assertThat(complete.manifest().archive()).isEqualTo(archive);
                    assertThat(complete.manifest().namespace()).isEqualTo(Volumes.NAMESPACE);
                    assertThat(complete.manifest().name()).isEqualTo(Volumes.NAME);
                    assertThat(complete.manifest().mysqlUid()).isEqualTo("id-1");
                    assertThat(complete.manifest().dataClaimUid()).isEqualTo("claim-id-1");
                    assertThat(complete.manifest().dataBytes()).isEqualTo(archive.bytes() - 40_960);
                });
    }
}
