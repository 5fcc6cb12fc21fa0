package homework.otus.mysql.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OptionFileTest {
    @Test
    void quotesWhatClientsWouldChange() {
        assertThat(OptionFile.of("root", " it's \"#1\"; \\n")).isEqualTo("""
                [client]
                user=root
                password=" it's \\"#1\\"; \\\\n"
                loose-get-server-public-key
                """);
    }
}
