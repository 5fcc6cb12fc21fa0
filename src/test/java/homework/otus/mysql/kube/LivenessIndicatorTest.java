package homework.otus.mysql.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.micronaut.health.HealthStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

class LivenessIndicatorTest {
    private final Fixture fixture = new Fixture();
    private final Controller<?> busy = mock(Controller.class);
    private final Controller<?> idle = mock(Controller.class);
    private final Caches caches = mock(Caches.class);

    @ParameterizedTest
    @CsvSource({
        "PT0S,    PT0S,      UP",
        "PT4M59S, PT14M59S,  UP",
        "PT5M,    PT0S,      DOWN",
        "PT0S,    PT15M,     DOWN",
    })
    void isDownWhenAReconcileDoesNotEndOrACacheNoLongerAsks(Duration reconcile, Duration silence, String status) {
        when(busy.longestRunning()).thenReturn(reconcile);
        when(idle.longestRunning()).thenReturn(Duration.ZERO);
        when(caches.lastContact(anyLong())).thenAnswer(call -> call.<Long>getArgument(0) - silence.toNanos());

        LivenessIndicator indicator = new LivenessIndicator(List.of(idle, busy), caches, fixture.clock);

        assertThat(Mono.from(indicator.getResult()).block().getStatus()).isEqualTo(new HealthStatus(status));
    }
}
