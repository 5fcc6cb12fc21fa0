package homework.otus.mysql.program.password;

import static homework.otus.mysql.program.JobFailureAssert.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import homework.otus.mysql.accounts.InitSql;
import homework.otus.mysql.accounts.Passwords;
import homework.otus.mysql.observe.MadeUp;
import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobFailure;
import homework.otus.mysql.program.JobOutcome;
import homework.otus.mysql.program.JobResult;
import homework.otus.mysql.program.Progress;
import homework.otus.mysql.program.archive.ChildJvm;
import homework.otus.mysql.program.password.MountedSecret.Others;
import homework.otus.mysql.program.password.MountedSecret.Password;
import homework.otus.mysql.program.password.MountedSecret.Version;
import homework.otus.mysql.sql.PasswordMark;
import homework.otus.mysql.testing.ThrowawayNamespace;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The change of a password in a real server, which begins each test with {@link #OLD} at revision 1. */
@Tag("no-operator")
class PasswordChangeIT {
    @RegisterExtension
    static final ThrowawayNamespace NAMESPACE = new ThrowawayNamespace();

    private static final String LIFE = "b2f6f0c4-7a4e-4a53-9d0b-0f6f0c1f9e11";
    private static final String OLD = "Old-Secret-1!";
    private static final String NEW = "New-Secret-2!";
    private static final String BY_HAND = "Hand-Secret-3!";
    private static final Others OTHERS = new Others("Operator-Secret-5!", "App-Secret-4!", "DO 0;\n");
    private static final String[] BOTH_ACCOUNTS = {"root@%", "root@localhost"};

    private static RealServer server;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    private Kubelet kubelet;

    @BeforeAll
    static void start() {
        server = RealServer.start(NAMESPACE.kubectl());
    }

    @BeforeEach
    void reset() throws Exception {
        server.run("DROP USER IF EXISTS root@'%', root@localhost");
        take(sql(LIFE, 1, OLD));
        kubelet = new Kubelet(Files.createDirectory(directory.resolve("secret")));
        kubelet.mount(during(OLD, 1, NEW));
    }

    @AfterEach
    void nothingSecretIsPrinted() {
        assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("Secret-");
    }

    private static InitSql sql(String life, long revision, String password) {
        MadeUp madeUp = new MadeUp(OTHERS.operator(), OTHERS.application(), "identity");
        return new InitSql(
                new PasswordMark(life, revision),
                new PasswordMark("identity", 1),
                Passwords.first(password, revision, null, madeUp),
                "otus_db");
    }

    /** What a start of a server does. */
    private static void take(InitSql sql) throws SQLException {
        server.runStatements(sql.start());
        server.runStatements(sql.accounts());
    }

    private static void restart(InitSql sql) throws SQLException {
        server.restart(sql.start(), "");
        server.runStatements(sql.accounts());
    }

    private static Version during(String present, long revision, String next) {
        return new Version(new Password(present, revision), new Password(next, revision + 1), OTHERS);
    }

    private static Version after(String password, long revision) {
        return new Version(new Password(password, revision), null, OTHERS);
    }

    private PasswordChange job(long revision, LoginServer reached) {
        return new PasswordChange(
                new MountedSecret(directory.resolve("secret")),
                new PasswordMark(LIFE, revision),
                reached,
                kubelet.patience(0),
                new Progress(new PrintStream(printed, true, StandardCharsets.UTF_8), System::nanoTime));
    }

    private JobResult change() throws JobFailure {
        return job(2, server.asRoot()).change();
    }

    private JobResult discard() throws JobFailure {
        return job(2, server.asRoot()).discard();
    }

    private static void assertOpen(String password) throws SQLException {
        assertThat(server.opens(password)).as("what the password opens").containsExactly(BOTH_ACCOUNTS);
    }

    private static void assertRefused(String password) throws SQLException {
        assertThat(server.opens(password)).as("what the password opens").isEmpty();
    }

    static Stream<String> passwords() {
        return Stream.of(
                NEW,
                "it's \"quoted\" `three` ways",
                "back\\slash\\",
                "\\'; DROP USER root@'%'; -- ",
                "$HOME %s {fn now()} ? # */ /*!80014 ;",
                " spaces ",
                "пароль-🐬-ünïcödé",
                "\ttab",
                "x".repeat(256),
                "ж".repeat(128));
    }

    @ParameterizedTest
    @MethodSource("passwords")
    void leadsFromOnePasswordToTheNext(String next) throws Exception {
        kubelet.mount(during(OLD, 1, next));

        assertThat(change().outcome()).isEqualTo(JobOutcome.Changed);
        assertOpen(OLD);
        assertOpen(next);

        kubelet.mount(after(next, 2));
        assertThat(discard().outcome()).isEqualTo(JobOutcome.Discarded);
        assertRefused(OLD);
        assertOpen(next);

        // And the init file quotes it in the same way.
        take(sql("another-life", 1, next));
        assertOpen(next);
        kubelet.mount(during(next, 2, OLD));
        assertThat(job(3, server.asRoot()).change().outcome()).isEqualTo(JobOutcome.Changed);
        assertOpen(next);
        assertOpen(OLD);
    }

    @Test
    void mayBeDoneTwice() throws Exception {
        change();
        assertThat(change().outcome()).isEqualTo(JobOutcome.Changed);
        assertOpen(OLD);
        assertOpen(NEW);

        kubelet.mount(after(NEW, 2));
        discard();
        assertThat(discard().outcome()).isEqualTo(JobOutcome.Discarded);
        assertRefused(OLD);
        assertOpen(NEW);
    }

    /** The Job's process ended before or after something that it says to the server. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static final class MortalServer implements LoginServer {
        private final LoginServer server;
        private int left;

        /** @param moments how many it lives through: there is one before and one after each call */
        MortalServer(LoginServer server, int moments) {
            this.server = server;
            left = moments;
        }

        private void moment() {
            if (left-- == 0) {
                throw new Killed();
            }
        }

        @Override
        public Session logIn(String user, String password) throws SQLException {
            moment();
            Session session = server.logIn(user, password);
            moment();
            return new Session() {
                @Override
                public void execute(String statement) throws SQLException {
                    moment();
                    session.execute(statement);
                    moment();
                }

                @Override
                public List<String> ask(String query) throws SQLException {
                    moment();
                    return session.ask(query);
                }

                @Override
                public void close() throws SQLException {
                    session.close();
                }
            };
        }
    }

    @Test
    void goesOnAfterBeingKilledAtAnyMoment() throws Exception {
        List<Integer> survived = new ArrayList<>();
        for (int moments = 0; survived.isEmpty(); moments++) {
            take(sql("life-" + moments, 1, OLD));
            kubelet.mount(during(OLD, 1, NEW));
            try {
                job(2, new MortalServer(server.asRoot(), moments)).change();
                survived.add(moments);
            } catch (Killed expected) {
                assertOpen(OLD);
            }
            change();
            assertOpen(OLD);
            assertOpen(NEW);
        }
        assertThat(survived.get(0)).as("moments of a change").isGreaterThan(5);

        kubelet.mount(after(NEW, 2));
        for (int moments = 0; survived.size() == 1; moments++) {
            try {
                job(2, new MortalServer(server.asRoot(), moments)).discard();
                survived.add(moments);
            } catch (Killed expected) {
                assertOpen(NEW);
            }
        }
        assertRefused(OLD);
        assertOpen(NEW);
    }

    @Test
    void leadsBackToAnEarlierPasswordAndOnQuickly() throws Exception {
        change();
        kubelet.mount(during(NEW, 2, OLD));
        job(3, server.asRoot()).change();
        assertOpen(OLD);

        kubelet.mount(during(OLD, 3, BY_HAND));
        job(4, server.asRoot()).change();
        assertOpen(OLD);
        assertOpen(BY_HAND);

        kubelet.mount(after(BY_HAND, 4));
        job(4, server.asRoot()).discard();
        assertRefused(OLD);
        assertRefused(NEW);
        assertOpen(BY_HAND);
    }

    @Test
    void setsRightAPasswordThatWasChangedByHand() throws Exception {
        server.run(
                "ALTER USER root@localhost IDENTIFIED BY '" + BY_HAND + "', root@'%' IDENTIFIED BY '" + BY_HAND + "'");

        assertThat(change().outcome()).isEqualTo(JobOutcome.Changed);
        assertOpen(NEW);
        assertOpen(BY_HAND);

        kubelet.mount(after(NEW, 2));
        assertThat(discard().outcome()).isEqualTo(JobOutcome.Discarded);
        assertOpen(NEW);
        assertRefused(BY_HAND);
    }

    @Test
    void setsRightThatOnlyTheRetainedPasswordWasKnown() throws Exception {
        change();
        kubelet.mount(after(NEW, 2));
        String retaining = " IDENTIFIED BY '" + BY_HAND + "' RETAIN CURRENT PASSWORD";
        server.run("ALTER USER root@localhost" + retaining + ", root@'%'" + retaining);

        assertThat(discard().outcome()).isEqualTo(JobOutcome.Discarded);

        assertOpen(NEW);
        assertRefused(BY_HAND);
    }

    @Test
    void makesRootAccountsThatAreMissing() throws Exception {
        server.run("DROP USER root@'%'");

        assertThat(change().outcome()).isEqualTo(JobOutcome.Changed);

        assertOpen(NEW);
        assertThat(server.query("SHOW GRANTS FOR root@'%'")).first().asString().contains("CREATE USER");
    }

    @Test
    void asksForARestartWhereTheOperatorHasNoAccount() throws Exception {
        server.run("DROP USER 'mysql-operator'");

        assertFails(FailureReason.AccessDenied, this::change).contains("operator's account");

        restart(sql(LIFE, 1, OLD));
        assertThat(change().outcome()).isEqualTo(JobOutcome.Changed);
    }

    @Test
    void findsTheNextPasswordApplied() throws Exception {
        restart(sql(LIFE, 2, NEW));

        assertThat(change().outcome()).isEqualTo(JobOutcome.Changed);
        assertOpen(NEW);
        assertRefused(OLD);
    }

    @Test
    void makesBothAccountsEqual() throws Exception {
        server.run("ALTER USER root@'%' IDENTIFIED BY '" + NEW + "'");

        change();

        assertOpen(NEW);
    }

    @Test
    void aFileOfBeforeTheChangeDoesNoHarmAtTheNextStart() throws Exception {
        change();
        restart(sql(LIFE, 1, OLD));
        assertOpen(OLD);
        assertOpen(NEW);

        kubelet.mount(after(NEW, 2));
        discard();
        restart(sql(LIFE, 1, OLD));
        assertRefused(OLD);
        assertOpen(NEW);
    }

    @Test
    void aStartInTheMidstOfAChangeLeavesItsEndToTheJob() throws Exception {
        change();

        restart(sql(LIFE, 2, NEW));

        assertOpen(OLD);
        assertOpen(NEW);
        kubelet.mount(after(NEW, 2));
        discard();
        assertRefused(OLD);
        assertOpen(NEW);
    }

    @Test
    void anotherLifeTakesItsOwnPasswordWhateverTheRevision() throws Exception {
        change();

        restart(sql("another-life", 1, BY_HAND));

        assertOpen(BY_HAND);
        assertRefused(OLD);
        assertRefused(NEW);
        assertThat(server.query("SELECT DISTINCT ATTRIBUTE->>'$.\"otus.homework/mysql\"' FROM"
                        + " information_schema.USER_ATTRIBUTES WHERE USER = 'root'"))
                .containsExactly("{\"life\": \"another-life\", \"revision\": 1}");
    }

    @Test
    void theApplicationsAccountHasItsDatabaseAlone() throws Exception {
        String password = "App-Secret-4!";
        assertThat(server.query("app", password, "CREATE TABLE IF NOT EXISTS otus_db.t (id INT)"))
                .isEmpty();
        assertThatThrownBy(() -> server.query("app", password, "CREATE DATABASE otusxdb"))
                .isInstanceOf(SQLException.class);
        assertThat(server.query("app", password, "SHOW DATABASES"))
                .contains("otus_db")
                .doesNotContain("mysql");
    }

    @Test
    void tellsWhichPolicyRefusesAPassword() throws Exception {
        server.run("INSTALL COMPONENT 'file://component_validate_password'");
        try {
            kubelet.mount(during(OLD, 1, "simple"));

            assertFails(FailureReason.PasswordRefused, this::change)
                    .contains("error 1819", "validate_password.length=8")
                    .doesNotContain("simple");
            assertOpen(OLD);
            assertRefused("simple");
        } finally {
            server.run("UNINSTALL COMPONENT 'file://component_validate_password'");
        }
    }

    @Test
    void tellsThatAPasswordWasInUseBefore() throws Exception {
        String identified = " IDENTIFIED BY '" + OLD + "'";
        server.run(
                "ALTER USER root@localhost, root@'%' PASSWORD HISTORY 3",
                "ALTER USER root@localhost" + identified + ", root@'%'" + identified);
        change();
        kubelet.mount(after(NEW, 2));
        discard();
        kubelet.mount(during(NEW, 2, OLD));

        assertFails(FailureReason.PasswordRefused, () -> job(3, server.asRoot()).change())
                .contains("error 3638", "password_history");
        assertOpen(NEW);
        assertRefused(OLD);
    }

    @Test
    void connectsOverTlsAlone() throws Exception {
        server.run("SET GLOBAL require_secure_transport = ON");
        try {
            change();
        } finally {
            server.run("SET GLOBAL require_secure_transport = OFF");
        }
        try (LoginServer.Session root = server.asRoot().logIn("root", NEW)) {
            assertThat(root.ask("SELECT VARIABLE_VALUE FROM performance_schema.session_status"
                            + " WHERE VARIABLE_NAME = 'Ssl_version'"))
                    .first()
                    .asString()
                    .startsWith("TLSv1.");
        }

        server.restart("", "--tls-version=");
        try {
            kubelet.mount(after(NEW, 2));
            assertFails(FailureReason.Unreachable, this::discard).contains("TLS", server.asRoot() + " ");
        } finally {
            server.restart("", "");
        }
    }

    @Test
    void isToldWhereThereIsNoServer() {
        assertFails(
                        FailureReason.Unreachable,
                        () -> job(2, new TlsServer(server.host(), 1)).change())
                .contains(server.host() + ":1 ", "Connection refused");
    }

    @Test
    void mysqlLogsAndKeepsNoPassword() throws Exception {
        server.run("TRUNCATE mysql.general_log", "SET GLOBAL log_output = 'TABLE', GLOBAL general_log = ON");
        try {
            change();
            kubelet.mount(after(NEW, 2));
            discard();
        } finally {
            server.run("SET GLOBAL general_log = OFF");
        }
        assertThat(server.query("SELECT CONVERT(argument USING utf8mb4) FROM mysql.general_log"))
                .anyMatch(line -> line.contains("root@"))
                .noneMatch(line -> line.contains("Secret-"));
        assertThat(server.query("SELECT QUERY_SAMPLE_TEXT FROM performance_schema.events_statements_summary_by_digest"
                        + " WHERE QUERY_SAMPLE_TEXT LIKE '%New-Secret-2%'"))
                .isEmpty();
    }

    @Test
    void runsAsAProgramOfItsOwn() throws Exception {
        String cyrillic = "секрет-Secret-5";
        kubelet.mount(during(OLD, 1, cyrillic));
        Path log = directory.resolve("log");

        PasswordRequest request = new PasswordRequest(
                "db",
                server.host(),
                server.port(),
                directory.resolve("secret"),
                LIFE,
                2,
                PasswordTask.CHANGE,
                Duration.ofSeconds(60));
        List<String> arguments = new ArrayList<>(request.toArguments());
        arguments.add("--termination-log=" + log);
        Process process = ChildJvm.start(
                PasswordJob.class, directory.resolve("output"), List.of(), arguments.toArray(String[]::new));

        assertThat(process.waitFor())
                .as(Files.readString(directory.resolve("output")))
                .isZero();
        assertThat(JobResult.parse(Files.readString(log)).outcome()).isEqualTo(JobOutcome.Changed);
        assertThat(Files.readString(directory.resolve("output"))).doesNotContain("Secret-");
        assertOpen(OLD);
        assertOpen(cyrillic);
    }
}
