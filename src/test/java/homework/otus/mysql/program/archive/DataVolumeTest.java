package homework.otus.mysql.program.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataVolumeTest {
    private Path root;
    private DataVolume volume;

    @BeforeEach
    void prepare(@TempDir Path directory) throws IOException {
        root = directory;
        volume = new DataVolume(root);
        Files.createDirectory(volume.directory());
    }

    private void assertVersion(String version) {
        assertThat(volume.serverVersion()).map(ServerVersion::toString).contains(version);
    }

    @Test
    void tellsTheVersionByTheFirstFileThatNamesOne() throws IOException {
        assertThat(volume.serverVersion()).isEmpty();

        Files.writeString(root.resolve("server-version"), "mysqld: not found\n");
        assertThat(volume.serverVersion()).isEmpty();

        Files.writeString(root.resolve("server-version"), "mysqld  Ver 9.7.4 for Linux on x86_64\n");
        assertVersion("9.7.4");

        Files.writeString(volume.directory().resolve("mysql_upgrade_info"), "8.0.36\n");
        assertVersion("8.0.36");

        Files.writeString(volume.directory().resolve("mysql_upgrade_history"), """
                {"file_format":"1","upgrade_history":[
                  {"date":"2026-05-04 10:00:00","version":"8.4.5","maturity":"LTS","initialize":true},
                  {"date":"2026-11-04 10:00:00","version":"9.7.3","maturity":"LTS"}]}
                """);
        assertVersion("9.7.3");
    }

    @Test
    void takesWhatItCanFromAHistoryThatIsCutOff() throws IOException {
        Files.writeString(volume.directory().resolve("mysql_upgrade_history"), "{\"a\":[{\"version\":\"9.7.3\"},{");

        assertVersion("9.7.3");
    }
}
