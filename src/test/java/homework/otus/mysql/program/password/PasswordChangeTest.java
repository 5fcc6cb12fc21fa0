package homework.otus.mysql.program.password;

import static homework.otus.mysql.program.JobFailureAssert.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobOutcome;
import homework.otus.mysql.program.JobResult;
import homework.otus.mysql.program.Progress;
import homework.otus.mysql.program.password.MountedSecret.Others;
import homework.otus.mysql.program.password.MountedSecret.Password;
import homework.otus.mysql.program.password.MountedSecret.Version;
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
    private static final Others OTHERS =
            new Others(ScriptedServer.OPERATOR, "app-secret", "SELECT 1;\nALTER USER IDENTIFIED BY 'new-secret';\n");

    private final ScriptedServer server = new ScriptedServer();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    private Kubelet kubelet;

    @BeforeEach
    void changeUnderWay() throws Exception {
        kubelet = new Kubelet(directory);
        kubelet.mount(new Version(new Password("old-secret", 1), new Password("new-secret", 2), OTHERS));
        server.accept("old-secret");
    }

    private PasswordChange job() {
        return new PasswordChange(
                new MountedSecret(directory),
                MARK,
                server,
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
        assertThat(server.logins()).startsWith("mysql-operator operator-secret").endsWith("root new-secret");
    }

    @ParameterizedTest(name = "MySQL {0}, {1} accounts marked")
    @CsvSource({"9.7.4, 2, false", "9.7.4, 1, true", "8.0.20, 0, true", "5.7.44, 0, true"})
    void whatIsDoneIsDoneOnceAndRetainedOnce(String version, int accounts, boolean again) throws Exception {
        server.version(version).accept("new-secret").marked(accounts);

        assertThat(job().change().outcome()).isEqualTo(JobOutcome.Changed);

        if (again) {
            assertThat(server.statements())
                    .containsExactly(RootAccounts.identifiedBy("new-secret") + (version.startsWith("9") ? MARKED : ""));
        } else {
            assertThat(server.statements()).isEmpty();
        }
    }

    @ParameterizedTest(name = "MySQL {0}")
    @CsvSource({"9.7.4, true", "8.0.14, true", "8.0.13, false", "5.7.44, false"})
    void whatIsRetainedIsDiscarded(String version, boolean discarded) throws Exception {
        server.version(version).accept("new-secret");
        kubelet.mount(new Version(new Password("new-secret", 2), null, OTHERS));

        assertThat(job().discard().outcome()).isEqualTo(JobOutcome.Discarded);

        assertThat(server.logins()).containsExactly("mysql-operator operator-secret", "root new-secret");
        if (discarded) {
            assertThat(server.statements()).containsExactly(RootAccounts.discardOldPassword());
        } else {
            assertThat(server.statements()).isEmpty();
        }
    }

    @Test
    void aPasswordChangedByHandIsSetRight() throws Exception {
        server.accept("by hand");

        assertThat(job().change().outcome()).isEqualTo(JobOutcome.Changed);
        assertThat(server.logins()).containsExactly("mysql-operator operator-secret", "root new-secret");

        server.accept("by hand");
        kubelet.mount(new Version(new Password("new-secret", 2), null, OTHERS));
        assertThat(job().discard().outcome()).isEqualTo(JobOutcome.Discarded);
        assertThat(server.statements()).endsWith(RootAccounts.identifiedBy("new-secret") + MARKED);
    }

    @Test
    void aServerThatDoesNotKnowTheOperatorIsReported() throws Exception {
        server.withoutOperator();

        assertFails(FailureReason.AccessDenied, () -> job().change())
                .contains("mysql-operator")
                .doesNotContain("secret");
        assertThat(server.statements()).isEmpty();
        assertThat(kubelet.waited()).isZero();
    }

    @Test
    void anAccountWithoutAPasswordHasNoneToRetain() throws Exception {
        server.refuseOnce("ALTER USER", new SQLException("x", "HY000", 3878));

        assertThat(job().change().outcome()).isEqualTo(JobOutcome.Changed);
        assertThat(server.statements()).containsExactly(RootAccounts.identifiedBy("new-secret") + MARKED);
    }

    @Test
    void accountsAreMadeWhatTheyShouldBe() throws Exception {
        server.accept("app-secret");
        kubelet.mount(new Version(new Password("new-secret", 2), null, OTHERS));

        assertThat(job().ensure().outcome()).isEqualTo(JobOutcome.Ensured);

        assertThat(server.statements()).containsExactly("SELECT 1", "ALTER USER IDENTIFIED BY 'new-secret'");
        assertThat(server.logins()).endsWith("root new-secret", "app app-secret");
    }

    @Test
    void accountsThatALoginShowsToBeWrongAreMadeAgain() throws Exception {
        kubelet.mount(new Version(new Password("new-secret", 2), null, OTHERS));

        assertFails(FailureReason.AccountDenied, () -> job().ensure())
                .contains("app", "error 1045")
                .doesNotContain("app-secret");

        assertThat(server.statements()).hasSize(5).contains("SET @again = 1");
    }

    @ParameterizedTest(name = "error {0}")
    @CsvSource({"1819, validate_password.length=8", "3638, password_history", "1290, documentation"})
    void whatKeepsAccountsFromBeingMadeIsExplained(int error, String why) throws Exception {
        kubelet.mount(new Version(new Password("new-secret", 2), null, OTHERS));
        server.refuse("ALTER USER", new SQLException("near 'new-secret'", "HY000", error));

        assertFails(FailureReason.PasswordRefused, () -> job().ensure())
                .contains("root", "error " + error, why, "not served")
                .doesNotContain("secret");
        assertThat(server.logins()).as("one refused login").hasSize(2);
    }

    @Test
    void aRefusalOfThePasswordThatIsInForceDoesNoHarm() throws Exception {
        kubelet.mount(new Version(new Password("old-secret", 2), null, OTHERS));
        server.accept("app-secret", "old-secret");
        server.refuse("ALTER USER", new SQLException("", "HY000", 3638));

        assertThat(job().ensure().outcome()).isEqualTo(JobOutcome.Ensured);
    }

    @ParameterizedTest(name = "error {0}")
    @CsvSource({
        "1819, validate_password.length=8",
        "3638, password_history",
        "1064, documentation",
        "1290, documentation"
    })
    void aRefusalIsExplainedInOurOwnWords(int error, String why) {
        server.refuse("ALTER USER", new SQLException("near 'new-secret'", "HY000", error));

        assertFails(FailureReason.PasswordRefused, () -> job().change())
                .contains("error " + error + ", SQLSTATE HY000", why, "stays in force")
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
                .contains("db:3306", "10 seconds", "Connection refused", "TLS")
                .doesNotContain("secret");
        assertThat(kubelet.waited()).hasSeconds(10);
    }

    @Test
    void anAccountWithoutItsRightsIsReported() {
        server.refuse("SELECT", new SQLException("new-secret", "42000", 1142));

        assertFails(FailureReason.AccessDenied, () -> job().change())
                .contains("error 1142")
                .doesNotContain("secret");
    }

    @Test
    void anErrorOfTheNetworkIsToldAsItIs() {
        SQLException away = new SQLException("x", "08S01", new ConnectException("Connection refused"));

        assertThat(new ServerError(away)).hasToString("java.net.ConnectException: Connection refused");
        assertThat(new ServerError(new SQLException("x", "08001"))).hasToString("SQLSTATE 08001");
    }
}
