package homework.otus.mysql.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryTest {
    private static final Instant ENDED = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"0, 10", "1, 10", "2, 20", "3, 40", "5, 160", "6, 300", "100, 300"})
    void waitsLongerEachTime(int attempt, int seconds) {
        assertThat(Retry.until(attempt, ENDED, ENDED)).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(Retry.until(attempt, ENDED, ENDED.plusSeconds(seconds))).isNull();
    }

    @Test
    void whatHasNoEndIsDue() {
        assertThat(Retry.until(1, null, ENDED)).isNull();
    }
}
