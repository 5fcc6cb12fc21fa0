package homework.otus.mysql.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;

class MadeUpTest {
    private final MadeUp madeUp = MadeUp.of(new Random());

    @RepeatedTest(20)
    void aPasswordSatisfiesTheStrongestPolicyAndNeedsNoQuoting() {
        for (String password : new String[] {madeUp.operator(), madeUp.application()}) {
            assertThat(password).hasSize(64).matches("[a-z][A-Za-z0-9._~-]*").doesNotContainPattern("[A-Za-z]{3}");
            for (String characters : new String[] {"[^a-z]", "[^A-Z]", "[^0-9]", "[^._~-]"}) {
                assertThat(password.replaceAll(characters, "")).hasSize(16);
            }
        }
        assertThat(madeUp.operator()).isNotEqualTo(madeUp.application());
        assertThat(madeUp).hasToString("MadeUp[identity=" + madeUp.identity() + "]");
    }
}
