package homework.otus.mysql.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobResultTest {
    static final ArchiveRecord ARCHIVE = new ArchiveRecord(
            "uid-1",
            "20261121T120000Z-uid-1",
            "9.7.4",
            "mysql:9.7.4",
            123_456,
            7,
            12_345,
            "0".repeat(64),
            Instant.parse("2026-11-21T12:00:00Z"),
            Instant.parse("2026-11-21T12:00:07Z"));

    @Test
    void isOneLineOfJson() throws IOException {
        JobResult result = new JobResult(JobOutcome.Complete, null, "All \"well\".", ARCHIVE, true);

        assertThat(result.toJson())
                .isEqualTo("{\"outcome\":\"Complete\",\"message\":\"All \\\"well\\\".\",\"existing\":true,"
                        + "\"id\":\"uid-1\",\"directory\":\"20261121T120000Z-uid-1\",\"serverVersion\":\"9.7.4\","
                        + "\"serverImage\":\"mysql:9.7.4\",\"bytes\":123456,\"files\":7,\"archiveBytes\":12345,"
                        + "\"sha256\":\"" + "0".repeat(64) + "\",\"startedAt\":\"2026-11-21T12:00:00Z\","
                        + "\"completedAt\":\"2026-11-21T12:00:07Z\"}");
        assertThat(JobResult.parse(result.toJson() + "\n")).isEqualTo(result);
    }

    @Test
    void ofAFailureHasAReason() throws IOException {
        JobResult result = JobResult.failed(FailureReason.NoSpace, "Full.");

        assertThat(result.toJson())
                .isEqualTo("{\"outcome\":\"Failed\",\"reason\":\"NoSpace\",\"message\":\"Full.\",\"existing\":false}");
        assertThat(JobResult.parse(result.toJson())).isEqualTo(result);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\u00e4", "\n", "\ud83d\ude00"})
    void fitsIntoATerminationMessage(String character) throws IOException {
        JobResult result = new JobResult(JobOutcome.Complete, null, character.repeat(9_000), ARCHIVE, false);

        assertThat(result.toJson().getBytes(UTF_8)).hasSizeBetween(2_000, JobResult.LARGEST);
        assertThat(JobResult.parse(result.toJson()).archive()).isEqualTo(ARCHIVE);
        assertThat(JobResult.parse(result.toJson()).message()).endsWith("…");
    }

    @Test
    void ofALaterReleaseIsReadAsFarAsItIsKnown() throws IOException {
        assertThat(JobResult.parse("{\"outcome\":\"NothingToRestore\",\"message\":\"m\",\"later\":1}"))
                .isEqualTo(JobResult.of(JobOutcome.NothingToRestore, "m", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Killed",
                "{\"outcome\":\"Complete\"",
                "{}",
                "{\"outcome\":\"Later\",\"message\":\"m\"}",
                "{\"outcome\":\"Failed\",\"reason\":\"Later\",\"message\":\"m\"}",
                "{\"outcome\":\"Complete\",\"message\":\"m\",\"directory\":\"d\"}",
                "{\"outcome\":1,\"message\":\"m\"}",
                "{\"outcome\":\"Failed\",\"message\":\"m\"} trailing"
            })
    void isRefusedWhereItIsNotWhole(String text) {
        assertThatThrownBy(() -> JobResult.parse(text)).isInstanceOf(IOException.class);
    }

    @Test
    void keepsAnArchivesRecord() throws IOException {
        assertThat(ArchiveRecord.parse(ARCHIVE.toJson())).isEqualTo(ARCHIVE);
    }
}
