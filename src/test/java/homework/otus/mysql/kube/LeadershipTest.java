package homework.otus.mysql.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeadershipTest {
    private final Fixture fixture = new Fixture();
    private final Leadership leadership = new Leadership(Fixture.configuration(), fixture.clock, fixture.metrics);

    @Test
    void refusesWritesBeforeTheLeaseIsAcquired() {
        assertThatThrownBy(leadership::requireValid).isInstanceOf(LeaseNotHeldException.class);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, true", "PT2S, true", "PT9S, true", "PT9.001S, false", "PT10S, false", "PT1H, false"})
    void allowsWritesUntilATenthBeforeTheLeaseRunsOut(Duration age, boolean valid) {
        leadership.renewed(fixture.clock.nanoTime());
        fixture.clock.advance(age);

        assertThat(leadership.isValid()).isEqualTo(valid);
        if (valid) {
            assertThatCode(leadership::requireValid).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(leadership::requireValid).isInstanceOf(LeaseNotHeldException.class);
        }
        assertThat(fixture.meters.get("mysql.operator.leader").gauge().value()).isEqualTo(valid ? 1 : 0);
    }

    @Test
    void countsFromTheStartOfARenewalThatTookLong() {
        long startedAt = fixture.clock.nanoTime();
        fixture.clock.advance(Duration.ofSeconds(6));
        leadership.renewed(startedAt);
        fixture.clock.advance(Duration.ofSeconds(4));

        assertThat(leadership.isValid()).isFalse();
    }

    @Test
    void refusesWritesOnceTheLeaseIsLost() {
        leadership.renewed(fixture.clock.nanoTime());
        leadership.lost();

        assertThatThrownBy(leadership::requireValid).isInstanceOf(LeaseNotHeldException.class);
    }
}
