package homework.otus.mysql.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.database.Given;
import homework.otus.mysql.observe.MadeUp;
import io.kubernetes.client.openapi.models.V1Secret;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    @Test
    void readsWhatItWrites() {
        MadeUp other = new MadeUp("other", "other", "other");
        Passwords changing = Given.PASSWORDS.changingTo("other", 2000);
        for (Passwords passwords : new Passwords[] {Given.PASSWORDS, changing, changing.changed()}) {
            assertThat(Passwords.of(Credentials.of(Given.mysql(), passwords, false), other))
                    .contains(passwords);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Passwords.ROOT, Passwords.REVISION, Passwords.APPLICATION})
    void aSecretThatSomebodyHasTakenAnEntryOutOfIsMadeAnew(String entry) {
        V1Secret secret = Credentials.of(Given.mysql(), Given.PASSWORDS, false);
        secret.getData().remove(entry);
        assertThat(Passwords.of(secret, Given.MADE_UP)).isEmpty();
    }

    @Test
    void aRevisionThatIsNoneIsMadeAnew() {
        V1Secret secret = Credentials.of(Given.mysql(), Given.PASSWORDS, false);
        secret.getData().put(Passwords.REVISION, "0".getBytes(StandardCharsets.UTF_8));
        assertThat(Passwords.of(secret, Given.MADE_UP)).isEmpty();
    }

    @Test
    void aSecretOfAnOperatorThatHadNoAccountOfItsOwnGainsWhatIsMissing() {
        V1Secret secret = Credentials.of(Given.mysql(), Given.PASSWORDS, false);
        secret.getData().remove(Passwords.OPERATOR);
        secret.getData().remove(Passwords.IDENTITY);
        assertThat(Passwords.of(secret, Given.MADE_UP)).contains(Given.PASSWORDS);
    }
}
