package homework.otus.mysql.program.archive;

import static homework.otus.mysql.program.JobFailureAssert.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.program.ArchiveRecord;
import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which archives stay on a volume, after lives of all kinds. */
class RetentionTest {
    private Volumes volumes;

    @BeforeEach
    void prepare(@TempDir Path directory) throws IOException {
        volumes = new Volumes(directory).withDataDirectory();
    }

    @Test
    void theNewestThatServedOutlivesAnyNumberThatDidNot() throws Exception {
        volumes.keep = 2;
        volumes.backup();
        String good = volumes.backupOfNextLife().archive().directory();
        volumes.served = HasServed.FAILING;
        volumes.backupOfNextLife();
        volumes.served = HasServed.NO;
        volumes.backupOfNextLife();
        volumes.backupOfNextLife();

        assertThat(volumes.complete()).containsExactly("20261121T160000Z-id-5", "20261121T150000Z-id-4", good);
    }

    @Test
    void andGoesOnceAnotherHasServed() throws Exception {
        volumes.keep = 1;
        volumes.backup();
        volumes.served = HasServed.FAILING;
        volumes.backupOfNextLife();
        volumes.served = HasServed.YES;
        String message = volumes.backupOfNextLife().message();

        assertThat(volumes.complete()).containsExactly("20261121T140000Z-id-3");
        assertThat(message).contains("Removed the older 20261121T130000Z-id-2, 20261121T120000Z-id-1.");
    }

    @Test
    void anArchiveBeforeAChangeOutlivesTheStateThatTheChangeLeft() throws Exception {
        volumes.keep = 1;
        volumes.claim = "claim";
        volumes.backup();
        volumes.id = "id-1-after";
        volumes.served = HasServed.FAILING;
        volumes.now = volumes.now.plusSeconds(60);
        volumes.write("ibdata1", new byte[20]);
        volumes.backup();

        assertThat(volumes.complete()).containsExactly("20261121T120100Z-id-1-after", "20261121T120000Z-id-1");
    }

    @Test
    void archivesOfALifeThatWasNotRestoredAreLeftAlone() throws Exception {
        volumes.keep = 1;
        volumes.backup();
        String other = volumes.backupOfNextLife().archive().directory();
        volumes.restoredFromNone();
        volumes.claim = "begun-empty";
        volumes.id = "id-7";
        volumes.now = volumes.now.plusSeconds(60);
        volumes.write("ibdata1", new byte[7]);
        volumes.backup();
        volumes.id = "id-8";
        volumes.now = volumes.now.plusSeconds(60);
        volumes.write("ibdata1", new byte[8]);
        volumes.backup();

        assertThat(volumes.complete()).containsExactly("20261121T130200Z-id-8", other);
    }

    @Test
    void norAreTheyRemovedToMakeRoom() throws Exception {
        volumes.keep = 9;
        volumes.backup();
        volumes.backupOfNextLife();
        Retention stranger = retention("begun-empty", null);
        Retention own = retention("claim-id-2", "20261121T120000Z-id-1");

        assertThat(stranger.removeOldest()).isFalse();
        assertThat(own.removeOldest()).isTrue();
        assertThat(own.removed()).containsExactly("20261121T120000Z-id-1");
    }

    @Test
    void theNewestThatServedIsNotRemovedToMakeRoom() throws Exception {
        volumes.backup();
        volumes.served = HasServed.NO;
        volumes.backupOfNextLife();

        assertThat(retention("claim-id-2", "20261121T120000Z-id-1").removeOldest())
                .isFalse();
    }

    @Test
    void archivesThatDoNotSayWhatTheyCameFromEndTheLine() {
        Archives.Complete before = archive("b", "claim-1", null, null);
        Archives.Complete later = archive("c", "claim-2", null, true);

        assertThat(new Lineage(Volumes.NAMESPACE, Volumes.NAME, "claim-3", "c")
                        .of(List.of(later, before, archive("a", "claim-0", null, null))))
                .containsExactly(later);
    }

    @Test
    void aLineThatIsAnEndlessRingIsFollowedOnce() {
        Archives.Complete one = archive("a", "claim-1", "b", true);
        Archives.Complete two = archive("b", "claim-2", "a", true);

        assertThat(new Lineage(Volumes.NAMESPACE, Volumes.NAME, "claim-3", "a").of(List.of(two, one)))
                .containsExactly(two, one);
    }

    @Test
    void dataThatIsMissingIsNoEmptyDatabase() throws Exception {
        Files.move(volumes.directory(), volumes.data.resolve("elsewhere"));

        for (HasServed once : List.of(HasServed.YES, HasServed.FAILING)) {
            volumes.served = once;
            assertFails(FailureReason.DataMissing, volumes::backup).contains("missing");
        }
        volumes.served = HasServed.NO;
        assertThat(volumes.backup().outcome()).isEqualTo(JobOutcome.NothingToBackUp);
    }

    @Test
    void anOlderArchiveIsNotPutInThePlaceOfDataThatIsMissing() throws Exception {
        volumes.backup();
        volumes.restoredServed = true;

        assertFails(FailureReason.DataMissing, volumes::restore).contains("missing");
        assertThat(volumes.restored).isEmptyDirectory();
    }

    private Retention retention(String claim, String restoredFrom) {
        return new Retention(
                volumes.backups,
                new Lineage(Volumes.NAMESPACE, Volumes.NAME, claim, restoredFrom),
                new Debris(volumes.disk, volumes.backups),
                volumes.progress);
    }

    private static Archives.Complete archive(String directory, String claim, String restoredFrom, Boolean served) {
        return new Archives.Complete(
                directory,
                new Manifest(
                        Volumes.NAMESPACE,
                        Volumes.NAME,
                        "uid",
                        claim,
                        served,
                        restoredFrom,
                        new ArchiveRecord("id", directory, null, "i", 1, 1, 1, "", Volumes.NOON, Volumes.NOON),
                        1,
                        0750,
                        ""));
    }
}
