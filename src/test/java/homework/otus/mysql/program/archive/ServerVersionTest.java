package homework.otus.mysql.program.archive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerVersionTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    mysqld  Ver 9.7.4 for Linux on x86_64 (MySQL Community Server - GPL)         | 9.7.4
                    /usr/sbin/mysqld  Ver 8.0.43-0ubuntu0.24.04.1 for Linux on x86_64 ((Ubuntu)) | 8.0.43
                    /opt/5.6.1/bin/mysqld  Ver 8.4.5-1 for Linux on x86_64 ((Debian))            | 8.4.5
                    /usr/sbin/mysqld  Ver 8.0.36-28 for Linux on x86_64 (Percona Server (GPL))   | 8.0.36
                    mysqld  Ver 5.7.44 for Linux on x86_64 (MySQL Community Server (GPL))        | 5.7.44
                    mysqld  Ver 26.10.0 for Linux on aarch64 (MySQL Community Server - GPL)      | 26.10.0
                    mariadbd  Ver 10.11.6-MariaDB-0+deb12u1 for debian-linux-gnu on x86_64       | 10.11.6-MariaDB
                    9.7.4                                                                        | 9.7.4
                    8.0.36-debug                                                                 | 8.0.36
                    """)
    void isReadFromWhatMysqldPrints(String text, String version) {
        assertThat(ServerVersion.parse(text)).map(ServerVersion::toString).contains(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mysqld", "9.7", "Ver 99999.1.1", "unknown\n"})
    void isUnknownWhereThereIsNone(String text) {
        assertThat(ServerVersion.parse(text)).isEmpty();
    }
}
