package homework.otus.mysql.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import homework.otus.mysql.database.DatabaseKinds;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UncachedTest {
    private static final String CLAIMS = "/api/v1/namespaces/default/persistentvolumeclaims";

    private final FakeApi api = new FakeApi();
    private final Uncached uncached =
            new Uncached(Fixture.clients(api), DatabaseKinds.table(), Fixture.configuration("default"));

    @AfterEach
    void close() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource({"500, 2", "503, 1"})
    void whatFailsForAMomentIsAskedAgain(int code, int failures) {
        new Fixture();
        api.put(CLAIMS + "/db-pvc", "{\"metadata\": {\"name\": \"db-pvc\", \"uid\": \"one\"}}");
        api.fault = call -> api.calls.size() > failures ? 0 : code;

        assertThat(uncached.claim("default", "db-pvc"))
                .hasValueSatisfying(
                        claim -> assertThat(claim.getMetadata().getUid()).isEqualTo("one"));
    }

    @Test
    void whatFailsForLongIsNoAnswer() {
        api.fault = call -> 500;

        assertThatThrownBy(() -> uncached.claim("default", "db-pvc"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("db-pvc", "HTTP 500");
        assertThat(api.calls).hasSize(3);
    }

    @Test
    void aRefusalIsAnAnswer() {
        api.fault = call -> 403;

        assertThatThrownBy(() -> uncached.pods("default")).hasMessageContaining("HTTP 403");
        assertThat(api.calls).hasSize(1);
        api.fault = call -> 0;
        assertThat(uncached.claim("default", "db-pvc")).isEmpty();
    }
}
