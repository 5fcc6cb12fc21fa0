package homework.otus.mysql.backup;

import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ArchiveAdviceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NoSpace            | it says; raise spec.storage_size, then let the Job run again.",
                "DataMissing        | it says: see \"The data is missing\" in docs/operations.md.",
                "ArchiveMissing     | it says: bring back what was on it. Or, to go on without that backup: kubectl annotate pvc"
                        + " backup-db-pvc otus.homework/backup-record-",
                "UnsupportedVersion | it says; set spec.image to the data directory's version, or to a supported step up from"
                        + " it.",
                "Corrupt            | it says",
            })
    void ofARestore(FailureReason reason, String told) {
        assertThat(ArchiveAdvice.ofRestore("db", JobResult.failed(reason, "it says")))
                .isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NoSpace       | it says: enlarge the backup claim, or remove what else is on the volume, then let the Job run"
                        + " again.",
                "DataMissing   | it says: see \"The data is missing\" in docs/operations.md.",
                "SourceChanged | it says",
            })
    void ofABackup(FailureReason reason, String told) {
        assertThat(ArchiveAdvice.ofBackup("db", JobResult.failed(reason, "it says")))
                .isEqualTo(told);
    }

    @ParameterizedTest
    @EnumSource
    void whatTheProgramSaysComesFirst(FailureReason reason) {
        JobResult failed = JobResult.failed(reason, "it says");

        assertThat(ArchiveAdvice.ofBackup("db", failed)).startsWith("it says");
        assertThat(ArchiveAdvice.ofRestore("db", failed)).startsWith("it says");
    }
}
