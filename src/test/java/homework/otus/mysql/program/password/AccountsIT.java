package homework.otus.mysql.program.password;

import static homework.otus.mysql.program.JobFailureAssert.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.accounts.Credentials;
import homework.otus.mysql.accounts.Passwords;
import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.database.Given;
import homework.otus.mysql.observe.MadeUp;
import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobOutcome;
import homework.otus.mysql.program.Progress;
import homework.otus.mysql.program.password.MountedSecret.Others;
import homework.otus.mysql.program.password.MountedSecret.Password;
import homework.otus.mysql.program.password.MountedSecret.Version;
import homework.otus.mysql.sql.PasswordMark;
import homework.otus.mysql.testing.Kubectl;
import homework.otus.mysql.testing.ThrowawayNamespace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a server's startup probe makes of the accounts in a real server, and the Job that helps where it doesn't pass. */
@Tag("no-operator")
class AccountsIT {
    @RegisterExtension
    static final ThrowawayNamespace NAMESPACE = new ThrowawayNamespace();

    private static final String FIRST = "First-Secret-1!";
    private static final String OTHER = "Other-Secret-2!";
    private static final String WEAK = "secret";

    private static RealServer server;
    private static long revision;

    @TempDir
    Path directory;

    private final MySQL mysql = Given.mysql();
    private Passwords held;

    @BeforeAll
    static void start() {
        server = RealServer.start(NAMESPACE.kubectl());
    }

    @BeforeEach
    void served() throws Exception {
        server.run("DROP USER IF EXISTS root@'%', root@localhost, app");
        hold(FIRST);
        restart();
        assertPasses();
    }

    /** Other credentials, with this password for root. */
    private void hold(String password) {
        held = Passwords.first(password, ++revision, null, MadeUp.of(new Random()));
        server.mount(Credentials.of(mysql, held, false).getData());
    }

    private void restart() throws SQLException {
        server.restart(file("init.sql"), "");
    }

    private String file(String name) {
        return new String(Credentials.of(mysql, held, false).getData().get(name), StandardCharsets.UTF_8);
    }

    private static void assertPasses() {
        Kubectl.Outcome outcome = server.probe();
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
    }

    private static void assertRefuses(String word) {
        Kubectl.Outcome outcome = server.probe();
        assertThat(outcome.exitCode()).as(outcome.toString()).isNotZero();
        assertThat(outcome.output()).contains(word).doesNotContainIgnoringCase("secret");
    }

    private PasswordChange job() throws Exception {
        Kubelet kubelet = new Kubelet(Files.createTempDirectory(directory, "secret"));
        Others others = new Others(held.operator(), held.application(), file("accounts.sql"));
        kubelet.mount(new Version(new Password(held.root(), held.revision()), null, others));
        return new PasswordChange(
                new MountedSecret(kubelet.directory()),
                new PasswordMark(Given.UID, held.revision()),
                server.asRoot(),
                kubelet.patience(0),
                new Progress(System.out, System::nanoTime));
    }

    private List<String> accounts() throws SQLException {
        return server.query("SELECT CONCAT_WS(' ', user, host, password_last_changed, HEX(authentication_string))"
                + " FROM mysql.user WHERE user IN ('root', 'app') ORDER BY user, host");
    }

    private void withPolicy(Map<String, String> variables, ThrowingTest test) throws Exception {
        server.run("INSTALL COMPONENT 'file://component_validate_password'");
        try {
            for (Map.Entry<String, String> variable : variables.entrySet()) {
                server.run("SET PERSIST validate_password." + variable.getKey() + " = " + variable.getValue());
            }
            test.run();
        } finally {
            server.run("UNINSTALL COMPONENT 'file://component_validate_password'", "RESET PERSIST");
        }
    }

    private interface ThrowingTest {
        void run() throws Exception;
    }

    @Test
    void aStartAfterAStartChangesNothing() throws Exception {
        List<String> before = accounts();
        restart();
        assertPasses();
        assertThat(accounts()).isEqualTo(before);
    }

    @Test
    void aServerThatIsToBeReadOnlyStaysSoAndHasItsAccounts() throws Exception {
        server.run("SET PERSIST super_read_only = ON");
        try {
            hold(OTHER);
            restart();
            assertPasses();
            assertThat(server.opens(OTHER)).hasSize(2);
            assertThat(server.query("SELECT @@super_read_only")).containsExactly("1");
        } finally {
            server.run("SET GLOBAL super_read_only = OFF", "SET GLOBAL read_only = OFF", "RESET PERSIST");
        }
    }

    @Test
    void theApplicationHasItsRightsWithPartialRevokesToo() throws Exception {
        mysql.getSpec().setDatabase("with_line");
        hold(FIRST);
        restart();
        assertPasses();
        server.run("SET PERSIST partial_revokes = ON");
        try {
            restart();
            assertPasses();
            assertThat(server.query("SELECT db FROM mysql.db WHERE user = 'app' ORDER BY db"))
                    .contains("with_line", "with\\_line");
        } finally {
            server.run("SET GLOBAL partial_revokes = OFF", "RESET PERSIST");
        }
    }

    @Test
    void restoredDataThatRefusesThePasswordIsNotServedAndAnotherPasswordHeals() throws Exception {
        withPolicy(Map.of(), () -> {
            hold(WEAK);
            restart();
            server.run("ALTER USER root@localhost, root@'%' FAILED_LOGIN_ATTEMPTS 2 PASSWORD_LOCK_TIME UNBOUNDED");
            assertRefuses("1819");
            for (int again = 0; again < 5; again++) {
                assertRefuses("nothing has changed");
            }
            assertThat(server.opens(FIRST)).as("root is not locked").hasSize(2);
            assertFails(FailureReason.PasswordRefused, job()::ensure)
                    .contains("error 1819", "validate_password.length=8")
                    .doesNotContain("'" + WEAK);

            held = held.replacedBy(OTHER, ++revision);
            assertThat(job().ensure().outcome()).isEqualTo(JobOutcome.Ensured);
            // The kubelet hasn't brought the new files yet.
            assertPasses();
            server.mount(Credentials.of(mysql, held, false).getData());
            assertPasses();
            assertThat(server.opens(OTHER)).hasSize(2);
            assertThat(server.opens(FIRST)).isEmpty();
        });
    }

    @Test
    void madeUpPasswordsSatisfyTheStrongestPolicy() throws Exception {
        Map<String, String> strong = Map.of(
                "policy", "STRONG",
                "length", "40",
                "mixed_case_count", "8",
                "number_count", "8",
                "special_char_count", "8");
        withPolicy(strong, () -> {
            hold("Aa1-Bb2.".repeat(5) + "secret");
            restart();
            assertPasses();
            assertThat(server.query("app", held.application(), "SELECT CURRENT_USER()"))
                    .containsExactly("app@%");
        });
    }

    @Test
    void aHistoryOfPasswordsIsNoHindranceToAPasswordThatIsInForce() throws Exception {
        server.run("SET PERSIST password_history = 5");
        try {
            hold(OTHER);
            restart();
            assertPasses();
            restart();
            assertPasses();

            // A new life with the same password: setting it again is refused, and it works.
            hold(OTHER);
            restart();
            assertPasses();
            assertThat(server.opens(OTHER)).hasSize(2);

            hold(FIRST);
            restart();
            assertPasses();
            hold(OTHER);
            restart();
            assertRefuses("3638");
            assertFails(FailureReason.PasswordRefused, job()::ensure).contains("password_history");
        } finally {
            server.run("RESET PERSIST");
        }
    }

    @Test
    void whatWasDoneToAnAccountByHandIsSetRight() throws Exception {
        server.run(
                "ALTER USER root@localhost IDENTIFIED BY 'by hand', root@'%' IDENTIFIED BY 'by hand'",
                "ALTER USER app ACCOUNT LOCK");
        restart();
        assertPasses();
        assertThat(server.opens(FIRST)).hasSize(2);
        assertThat(server.opens("by hand")).isEmpty();

        server.run("ALTER USER root@localhost ACCOUNT LOCK", "DROP USER app");
        assertThat(job().ensure().outcome()).isEqualTo(JobOutcome.Ensured);
        assertPasses();

        server.run("DROP USER root@'%'", "DROP DATABASE `otus-database`");
        assertPasses();
        assertThat(server.opens(FIRST)).hasSize(2);
        assertThat(server.query("app", held.application(), "SHOW DATABASES")).contains("otus-database");
    }

    @Test
    void whoeverChangesTheOperatorsAccountLosesToTheNextStart() throws Exception {
        server.run(
                "ALTER USER 'mysql-operator' IDENTIFIED BY 'mine' PASSWORD EXPIRE PASSWORD HISTORY 9"
                        + " FAILED_LOGIN_ATTEMPTS 1 PASSWORD_LOCK_TIME UNBOUNDED ACCOUNT LOCK",
                "REVOKE ALL ON *.* FROM 'mysql-operator'");
        assertRefuses("log in");
        restart();
        assertPasses();
    }
}
