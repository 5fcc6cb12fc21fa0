package homework.otus.mysql.program.archive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpgradePathTest {
    private static UpgradePath between(String directory, String server) {
        return UpgradePath.between(
                ServerVersion.parse(directory).orElse(null),
                ServerVersion.parse(server).orElse(null));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    # the same
                    9.7.4,  9.7.4
                    5.6.51, 5.6.51
                    10.11.6-MariaDB, 10.11.6-MariaDB
                    # patches, up
                    5.7.9,  5.7.44
                    8.0.11, 8.0.43
                    8.4.0,  8.4.7
                    9.7.3,  9.7.4
                    9.1.0,  9.1.2
                    # to the next bugfix or LTS series
                    5.7.44, 8.0.43
                    5.7.9,  8.0.11
                    8.0.43, 8.4.7
                    8.4.7,  9.7.4
                    9.7.4,  28.4.0
                    # LTS to an Innovation release before the next LTS
                    8.0.34, 8.3.0
                    8.4.7,  9.0.1
                    8.4.7,  9.6.0
                    9.7.4,  26.7.0
                    9.7.4,  26.10.1
                    # Innovation to a later one, or to the next LTS
                    8.1.0,  8.3.0
                    8.3.0,  8.4.0
                    9.0.1,  9.6.0
                    9.6.0,  9.7.0
                    26.7.0, 26.10.0
                    27.1.0, 28.4.0
                    28.4.1, 28.7.0
                    # patches down, within an LTS series
                    8.4.7,  8.4.0
                    9.7.4,  9.7.3
                    8.0.43, 8.0.35
                    28.4.4, 28.4.2
                    """)
    void isOpen(String directory, String server) {
        assertThat(between(directory, server).allowed()).isTrue();
        assertThat(between(directory, server).sentence()).contains(directory, server);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    # a series is skipped
                    5.7.44, 8.1.0,  skip the 8.0 series
                    5.7.44, 8.4.7,  skip the 8.0 series
                    5.7.44, 9.7.4,  skip the 8.0 series
                    8.0.43, 9.0.1,  skip the 8.4 series
                    8.0.43, 9.7.4,  skip the 8.4 series
                    8.3.0,  9.0.0,  skip the 8.4 series
                    8.4.7,  26.7.0, skip the 9.7 series
                    9.6.0,  26.7.0, skip the 9.7 series
                    9.7.4,  28.7.0, skip the 28.4 series
                    # too old
                    5.6.51, 8.0.43, before 5.7.9
                    5.7.8,  8.0.43, before 5.7.9
                    5.5.62, 5.6.51, before 5.7.9
                    # down to an earlier series
                    9.7.4,  8.4.7,  later version
                    9.7.4,  9.6.0,  later version
                    8.4.7,  8.0.43, later version
                    8.0.43, 5.7.44, later version
                    26.7.0, 9.7.4,  later version
                    # patches down where MySQL does not support it
                    8.0.43, 8.0.34, later version
                    8.0.34, 8.0.33, later version
                    5.7.44, 5.7.43, later version
                    9.1.2,  9.1.0,  later version
                    26.7.1, 26.7.0, later version
                    # not MySQL
                    10.11.6-MariaDB, 10.11.7-MariaDB, MariaDB
                    8.0.43, 10.11.6-MariaDB, MariaDB
                    10.11.6-MariaDB, 26.7.0, MariaDB
                    """)
    void isRefused(String directory, String server, String why) {
        assertThat(between(directory, server).allowed()).isFalse();
        assertThat(between(directory, server).sentence()).contains(directory, server, why);
    }

    @Test
    void isOpenWithANoteWhereAVersionIsUnknown() {
        assertThat(between(null, "9.7.4"))
                .isEqualTo(new UpgradePath(
                        true,
                        "The data directory's MySQL version is unknown and the server's is 9.7.4; it was not checked"
                                + " whether they fit."));
        assertThat(between("9.7.4", "no version here").allowed()).isTrue();
    }
}
