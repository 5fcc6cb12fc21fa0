package homework.otus.mysql.program.archive;

import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.program.Arguments;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the operator writes into a Job is what its program reads. */
class RequestsTest {
    private static final Path DATA = Path.of("/data");
    private static final Path BACKUPS = Path.of("/backups");

    @ParameterizedTest
    @EnumSource
    void ofABackup(HasServed served) throws Exception {
        BackupRequest backup = new BackupRequest(
                DATA, BACKUPS, "id-1", "team", "db", "uid", "claim", "registry.example:5000/mysql:9.7=x", served, 7);
        assertThat(BackupRequest.parse(parsed(backup.toArguments()))).isEqualTo(backup);

        LookRequest look = new LookRequest(DATA, served);
        assertThat(LookRequest.parse(parsed(look.toArguments()))).isEqualTo(look);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofARestore(boolean known) throws Exception {
        RestoreRequest restore = new RestoreRequest(
                DATA, BACKUPS, "team", "db", known, known ? Path.of("/run/version") : null, known ? "2026-x" : null);
        assertThat(RestoreRequest.parse(restore.toArguments().toArray(String[]::new)))
                .isEqualTo(restore);
    }

    private static Arguments parsed(List<String> arguments) throws Exception {
        return Arguments.parse(arguments.toArray(String[]::new), BackupRequest.KEYS);
    }
}
