package homework.otus.mysql.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RootAccountsTest {
    private static final PasswordMark MARK = new PasswordMark("uid-1", 3);

    @Test
    void identifiedBy() {
        assertThat(RootAccounts.identifiedBy("it's"))
                .isEqualTo("ALTER USER 'root'@'localhost' IDENTIFIED BY 'it\\'s', 'root'@'%' IDENTIFIED BY 'it\\'s'");
    }

    @Test
    void identifiedByRetainingAndMarked() {
        assertThat(RootAccounts.identifiedByRetaining("p") + MARK.attribute())
                .isEqualTo("ALTER USER 'root'@'localhost' IDENTIFIED BY 'p' RETAIN CURRENT PASSWORD,"
                        + " 'root'@'%' IDENTIFIED BY 'p' RETAIN CURRENT PASSWORD"
                        + " ATTRIBUTE '{\"otus.homework/mysql\": {\"life\": \"uid-1\", \"revision\": 3}}'");
    }

    @Test
    void discardOldPassword() {
        assertThat(RootAccounts.discardOldPassword())
                .isEqualTo("ALTER USER 'root'@'localhost' DISCARD OLD PASSWORD, 'root'@'%' DISCARD OLD PASSWORD");
    }

    @ParameterizedTest
    @CsvSource({"a'b, 1", "'', 1", "a\", 1", "uid-1, 0", "uid-1, -1"})
    void noMark(String life, long revision) {
        assertThatThrownBy(() -> new PasswordMark(life, revision)).isInstanceOf(IllegalArgumentException.class);
    }
}
