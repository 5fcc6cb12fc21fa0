package homework.otus.mysql.password;

import static homework.otus.mysql.job.JobFailureAssert.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.job.FailureReason;
import homework.otus.mysql.job.JobOutcome;
import homework.otus.mysql.job.JobResult;
import homework.otus.mysql.job.Progress;
import homework.otus.mysql.password.MountedSecret.Password;
import homework.otus.mysql.password.MountedSecret.Version;
import homework.otus.mysql.sql.PasswordMark;
import homework.otus.mysql.sql.RootAccounts;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said to a server, and what of a server's answers is passed on. PasswordChangeIT has a real one. */
class PasswordChangeTest {
    private static final PasswordMark MARK = new PasswordMark("uid-1", 2);
    private static final String MARKED = MARK.attribute();

    private final ScriptedServer server = new ScriptedServer();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    private Kubelet kubelet;

    @BeforeEach
    void changeUnderWay() throws Exception {
        kubelet = new Kubelet(directory);
        kubelet.mount(new Version(new Password("old-secret", 1), new Password("new-secret", 2)));
        server.accept("old-secret");
    }

    private PasswordChange job() {
        return new PasswordChange(
                new MountedSecret(directory),
                MARK,
                server,
                "db",
                kubelet.patience(10),
                new Progress(new PrintStream(printed, true, StandardCharsets.UTF_8), () -> 0));
    }

    @AfterEach
    void nothingSecretIsPrinted() {
        assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("secret");
    }

    @ParameterizedTest(name = "MySQL {0}")
    @CsvSource({
        "9.7.4,  IDENTIFIED BY 'new-secret' RETAIN CURRENT PASSWORD, true",
        "8.0.21, IDENTIFIED BY 'new-secret' RETAIN CURRENT PASSWORD, true",
        "8.0.20, IDENTIFIED BY 'new-secret' RETAIN CURRENT PASSWORD, false",
        "8.0.14, IDENTIFIED BY 'new-secret' RETAIN CURRENT PASSWORD, false",
        "8.0.13, IDENTIFIED BY 'new-secret', false",
        "5.7.44, IDENTIFIED BY 'new-secret', false"
    })
    void theNextPasswordIsGivenInOneStatement(String version, String identified, boolean marked) throws Exception {
        server.version(version);

        JobResult result = job().change();

        assertThat(result.outcome()).isEqualTo(JobOutcome.Changed);
        assertThat(result.message()).contains("revision 2").doesNotContain("secret");
        assertThat(server.statements())
                .containsExactly("ALTER USER 'root'@'localhost' " + identified + ", 'root'@'%' " + identified
                        + (marked ? MARKED : ""));
        assertThat(server.logins()).containsExactly("new-secret", "old-secret", "new-secret");
    }

    @ParameterizedTest(name = "MySQL {0}, {1} accounts marked")
    @CsvSource({"9.7.4, 2, false", "9.7.4, 1, true", "9.7.4, 0, true", "8.0.20, 0, false", "5.7.44, 0, false"})
    void whatIsDoneIsDoneOnce(String version, int accounts, boolean again) throws Exception {
        server.version(version).accept("new-secret").marked(accounts);

        assertThat(job().change().outcome()).isEqualTo(JobOutcome.Changed);

        String withoutRetaining = RootAccounts.identifiedBy("new-secret") + MARKED;
        if (again) {
            assertThat(server.statements()).containsExactly(withoutRetaining);
        } else {
            assertThat(server.statements()).isEmpty();
        }
    }

    @ParameterizedTest(name = "MySQL {0}")
    @CsvSource({"9.7.4, true", "8.0.14, true", "8.0.13, false", "5.7.44, false"})
    void whatIsRetainedIsDiscarded(String version, boolean discarded) throws Exception {
        server.version(version).accept("new-secret");
        kubelet.mount(new Version(new Password("new-secret", 2), null));

        assertThat(job().discard().outcome()).isEqualTo(JobOutcome.Discarded);

        assertThat(server.logins()).containsExactly("new-secret", "new-secret");
        if (discarded) {
            assertThat(server.statements()).containsExactly(RootAccounts.discardOldPassword());
        } else {
            assertThat(server.statements()).isEmpty();
        }
    }

    @Test
    void aPasswordChangedByHandIsNotGuessed() throws Exception {
        server.accept("by hand");

        assertFails(FailureReason.AccessDenied, () -> job().change())
                .contains("by hand", "kubectl rollout restart deployment/db")
                .doesNotContain("secret");
        assertThat(server.statements()).isEmpty();
        assertThat(kubelet.waited()).isZero();

        kubelet.mount(new Version(new Password("new-secret", 2), null));
        assertFails(FailureReason.AccessDenied, () -> job().discard()).contains("by hand");
    }

    @ParameterizedTest(name = "error {0}")
    @CsvSource({
        "1819, validate_password.length=8",
        "3638, password_history",
        "1396, restart the server",
        "1064, documentation",
        "1290, documentation"
    })
    void aRefusalIsExplainedInOurOwnWords(int error, String advice) {
        server.refuse("ALTER USER", new SQLException("near 'new-secret'", "HY000", error));

        assertFails(FailureReason.PasswordRefused, () -> job().change())
                .contains("error " + error + ", SQLSTATE HY000", advice, "stays in force")
                .doesNotContain("secret");
        assertThat(kubelet.waited()).isZero();
    }

    @Test
    void aServerThatIsAwayIsWaitedFor() throws Exception {
        server.awayFor(3);

        assertThat(job().change().outcome()).isEqualTo(JobOutcome.Changed);
        assertThat(kubelet.waited()).hasSeconds(3);
    }

    @ParameterizedTest(name = "error {0}")
    @CsvSource({"0, 08S01", "1205, HY000", "1053, 08S01", "1040, 08004"})
    void aStatementThatFailsInPassingIsTriedAgain(int error, String state) throws Exception {
        server.refuseOnce("ALTER USER", new SQLException("new-secret", state, error));

        assertThat(job().change().outcome()).isEqualTo(JobOutcome.Changed);
        assertThat(server.statements()).hasSize(1);
        assertThat(kubelet.waited()).hasSeconds(1);
    }

    @Test
    void aServerThatStaysAwayIsGivenUp() {
        server.awayFor(1_000);

        assertFails(FailureReason.Unreachable, () -> job().change())
                .contains("db:3306", "10 seconds", "Connection refused", "TLS", "app=db")
                .doesNotContain("secret");
        assertThat(kubelet.waited()).hasSeconds(10);
    }

    @Test
    void rootWithoutItsRightsIsReported() {
        server.refuse("SELECT", new SQLException("new-secret", "42000", 1142));

        assertFails(FailureReason.AccessDenied, () -> job().change())
                .contains("error 1142", "kubectl rollout restart deployment/db")
                .doesNotContain("secret");
    }

    @Test
    void anErrorOfTheNetworkIsToldAsItIs() {
        SQLException away = new SQLException("x", "08S01", new ConnectException("Connection refused"));

        assertThat(new ServerError(away)).hasToString("java.net.ConnectException: Connection refused");
        assertThat(new ServerError(new SQLException("x", "08001"))).hasToString("SQLSTATE 08001");
    }
}
