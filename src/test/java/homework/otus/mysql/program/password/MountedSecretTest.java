package homework.otus.mysql.program.password;

import static homework.otus.mysql.program.JobFailureAssert.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.password.MountedSecret.Others;
import homework.otus.mysql.program.password.MountedSecret.Password;
import homework.otus.mysql.program.password.MountedSecret.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MountedSecretTest {
    private static final Others OTHERS = new Others("secret-operator", "secret-app", "DO 0;\n");
    private static final Version AT_1 = new Version(new Password("secret-one", 1), null, OTHERS);
    private static final Version FROM_1_TO_2 =
            new Version(new Password("secret-one", 1), new Password("secret-two", 2), OTHERS);
    private static final Version AT_2 = new Version(new Password("secret-two", 2), null, OTHERS);

    @TempDir
    Path directory;

    private Kubelet kubelet;
    private MountedSecret secret;

    @BeforeEach
    void mount() {
        kubelet = new Kubelet(directory);
        secret = new MountedSecret(directory);
    }

    @Test
    void isReadAsItIsWhereItIsFresh() throws Exception {
        kubelet.mount(FROM_1_TO_2);
        assertThat(secret.awaitNext(2, kubelet.patience(0))).isEqualTo(FROM_1_TO_2);

        kubelet.mount(AT_2);
        assertThat(secret.awaitPresent(2, kubelet.patience(0))).isEqualTo(AT_2);
    }

    @Test
    void isWaitedFor() throws Exception {
        kubelet.laterMount(null, AT_1, AT_1, FROM_1_TO_2);
        assertThat(secret.awaitNext(2, kubelet.patience(1))).isEqualTo(FROM_1_TO_2);

        kubelet.laterMount(FROM_1_TO_2, AT_2);
        assertThat(secret.awaitPresent(2, kubelet.patience(1))).isEqualTo(AT_2);
    }

    @ParameterizedTest
    @CsvSource({"otus", "'it''s'", "' spaces '", "'new\nline\n'", "пароль-🐬", "'$HOME %s \\'"})
    void passwordsAreReadToTheByte(String password) throws Exception {
        Version version = new Version(new Password("secret-one", 1), new Password(password, 2), OTHERS);
        kubelet.mount(version);

        assertThat(secret.awaitNext(2, kubelet.patience(0))).isEqualTo(version);
    }

    @Test
    void isReadWithoutLinksToo() throws Exception {
        Kubelet.write(directory, AT_2);

        assertThat(secret.awaitPresent(2, kubelet.patience(0))).isEqualTo(AT_2);
    }

    @Test
    void isNotReadWhereItIsNotWhole() throws Exception {
        kubelet.mount(FROM_1_TO_2);
        Files.delete(directory.resolve("..data").toRealPath().resolve("next-revision"));
        assertFails(FailureReason.SecretNotFresh, () -> secret.awaitNext(2, kubelet.patience(1)));

        Files.writeString(directory.resolve("..data").toRealPath().resolve("revision"), "secret-two");
        assertFails(FailureReason.SecretNotFresh, () -> secret.awaitPresent(2, kubelet.patience(1)))
                .contains("no passwords at all");
    }

    @Test
    void isGivenUpAfterAWhile() throws IOException {
        kubelet.mount(AT_1);

        assertFails(FailureReason.SecretNotFresh, () -> secret.awaitNext(2, kubelet.patience(180)))
                .contains("Revision 2", "180 seconds", "there is revision 1", "kubelet")
                .doesNotContain("secret-one", "secret-two");
        assertThat(kubelet.waited()).hasSeconds(180);
    }

    @Test
    void isNotWaitedForWhereItIsPast() throws IOException {
        kubelet.mount(FROM_1_TO_2);
        assertFails(FailureReason.SecretNotFresh, () -> secret.awaitNext(1, kubelet.patience(180)))
                .contains("over", "revision 1 already");

        kubelet.mount(AT_2);
        assertFails(FailureReason.SecretNotFresh, () -> secret.awaitNext(2, kubelet.patience(180)));
        assertFails(FailureReason.SecretNotFresh, () -> secret.awaitPresent(1, kubelet.patience(180)));
        assertThat(kubelet.waited()).isZero();
    }
}
