package homework.otus.mysql.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShortenedTest {
    @ParameterizedTest
    @CsvSource({
        "'',''",
        "short,short",
        "exactly twenty bytes,exactly twenty bytes",
        "one more than twenty.,one more […] enty."
    })
    void keepsTheBeginningAndTheEnd(String message, String shortened) {
        assertThat(Shortened.to(20, message)).isEqualTo(shortened);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "語", "\uD83D\uDE00"})
    void countsBytesAndCutsNoCharacterInTwo(String character) {
        for (int length = 32; length < 60; length++) {
            String shortened = Shortened.to(31, character.repeat(length));
            assertThat(shortened.getBytes(StandardCharsets.UTF_8).length).isBetween(20, 31);
            assertThat(shortened.replace(" […] ", "").replace(character, "")).isEmpty();
        }
    }
}
