package homework.otus.mysql.program.archive;

import static homework.otus.mysql.program.JobFailureAssert.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookTest {
    @TempDir
    Path data;

    @Test
    void thereIsNothingToBackUp() throws Exception {
        assertThat(new Look(new LookRequest(data, HasServed.NO)).run().outcome())
                .isEqualTo(JobOutcome.NothingToBackUp);
        Files.createDirectory(data.resolve("mysql"));
        assertThat(new Look(new LookRequest(data, HasServed.NO)).run().outcome())
                .isEqualTo(JobOutcome.NothingToBackUp);
    }

    @Test
    void whatIsThereIsLeftToABackup() throws Exception {
        Files.createDirectory(data.resolve("mysql"));
        Files.writeString(data.resolve("mysql/ibdata1"), "rows");

        assertFails(FailureReason.NoBackupVolume, new Look(new LookRequest(data, HasServed.NO))::run)
                .contains("no backup volume");
    }

    @Test
    void whatHasServedIsMissing() {
        assertFails(FailureReason.DataMissing, new Look(new LookRequest(data, HasServed.YES))::run)
                .contains("missing");
    }

    @Test
    void aVolumeThatIsNotMountedIsNoEmptyOne() {
        assertFails(
                        FailureReason.InvalidArgument,
                        new Look(new LookRequest(data.resolve("elsewhere"), HasServed.NO))::run)
                .contains("elsewhere");
    }
}
