package homework.otus.mysql.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.google.gson.JsonObject;
import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.InstalledOperator;
import homework.otus.mysql.testing.Kubectl;
import homework.otus.mysql.testing.Node;
import homework.otus.mysql.testing.OnInstalledOperator;
import homework.otus.mysql.testing.ThrowawayNamespace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Any password that the definition accepts opens the database, and nobody gets to read it. */
@OnInstalledOperator
class PasswordIT {
    @RegisterExtension
    static final ThrowawayNamespace NAMESPACE = new ThrowawayNamespace();

    enum Password {
        QUOTES("it's \"so\" `called`, '' \"\""),
        BACKSLASHES("\\ back\\slash\\' \\n \\0 \\\\"),
        DOLLARS("$HOME ${PATH} $(id) $$ $"),
        PERCENTS("%s %d 100%% %00 _ & | ; < > # -- /* */ ! ~ * ?"),
        SPACES("  two before, two  within, one after "),
        CYRILLIC("Пароль—№1 ёЁ"),
        EMOJI("🔑 clé 鍵 \u00a0"),
        LONGEST("é".repeat(128));

        private final String text;

        Password(String text) {
            this.text = text;
        }
    }

    @BeforeAll
    static void startAClientInAnotherPod() {
        NAMESPACE.kubectl().runWithInput("""
                        apiVersion: v1
                        kind: Pod
                        metadata:
                          name: client
                        spec:
                          automountServiceAccountToken: false
                          terminationGracePeriodSeconds: 1
                          securityContext: {runAsNonRoot: true, runAsUser: 999, seccompProfile: {type: RuntimeDefault}}
                          containers:
                            - name: client
                              image: mysql:9.7
                              command: [sleep, infinity]
                              securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
                        """, "create", "-f", "-").orFail();
    }

    @ParameterizedTest
    @EnumSource
    @Execution(CONCURRENT)
    void opensTheDatabaseOverSocketAndNetwork(Password password) {
        String name = password.name().toLowerCase(Locale.ROOT);
        Database.in(NAMESPACE.kubectl(), name)
                .withPassword(password.text)
                .create()
                .awaitReady();
        String server = "deployment/" + name;
        assertThat(ask(server, "", password.text)).isEqualTo("root@localhost");
        assertThat(ask(server, "-u root", password.text)).isEqualTo("root@localhost");
        awaitAnswer(server, "-h " + name, password.text);
        awaitAnswer("pod/client", "-u root -h " + name, password.text);
        assertThat(ask("pod/client", "-u root -h " + name, password.text + "x")).contains("Access denied");
        assertThat(ask(server, "", "x" + password.text)).contains("Access denied");
    }

    @Test
    @Execution(CONCURRENT)
    void anotherOneOpensTheDatabaseThatIsCreatedAgain() {
        Database before = Database.in(NAMESPACE.kubectl(), "again").withPassword("the first one");
        before.create().awaitReady().insert("kept").delete().awaitGone();
        Database after = before.withPassword("it's another");
        assertThat(after.create().awaitReady().rows()).containsExactly("kept");
        awaitAnswer("pod/client", "-u root -h again", "it's another");
        assertThat(ask("pod/client", "-u root -h again", "the first one")).contains("Access denied");
        assertThat(ask("deployment/again", "", "the first one")).contains("Access denied");
    }

    @Test
    @Execution(CONCURRENT)
    void isNowhereButInItsObjectAndItsSecret() {
        String needle = "needle-in-a-haystack-7194";
        Kubectl kubectl = NAMESPACE.kubectl();
        Database database = Database.in(kubectl, "secretive").withPassword(needle);
        database.create().awaitReady().insert("kept").delete().awaitGone();
        database.create().awaitReady();

        JsonObject mysql = database.json("ms/secretive");
        assertThat(mysql.getAsJsonObject("spec").remove("password").getAsString())
                .isEqualTo(needle);
        SoftAssertions found = new SoftAssertions();
        found.assertThat(mysql.toString()).doesNotContain(needle);
        String kinds =
                "pods,replicasets,deployments,jobs,services,endpointslices,configmaps,pvc,events,serviceaccounts";
        String encoded = Base64.getEncoder().encodeToString(needle.getBytes(StandardCharsets.UTF_8));
        found.assertThat(kubectl.run("get", kinds, "--output=yaml").orFail())
                .contains("secretive")
                .doesNotContain(needle, encoded);
        found.assertThat(kubectl.run("logs", "deployment/secretive", "--all-containers")
                        .orFail())
                .contains("ready for connections")
                .doesNotContain(needle, encoded);
        found.assertThat(InstalledOperator.kubectl()
                        .run("logs", "deployment/mysql-operator")
                        .orFail())
                .contains("secretive")
                .doesNotContain(needle, encoded);
        for (ProcessHandle process : processes(database)) {
            found.assertThat(Node.commandLine(process)).doesNotContain(needle, encoded);
            found.assertThat(Node.environment(process)).doesNotContain(needle, encoded);
        }
        for (String claim : List.of(database.dataClaim(), database.backupClaim())) {
            found.assertThat(Node.filesWith(needle, Node.volume(kubectl, claim)))
                    .isEmpty();
        }
        found.assertAll();
    }

    private static List<ProcessHandle> processes(Database database) {
        List<ProcessHandle> processes = new ArrayList<>();
        String operator = InstalledOperator.kubectl()
                .run("get", "pods", "--output=jsonpath={.items[*].metadata.uid}")
                .orFail();
        for (String pod : (database.read("pods", "{.items[*].metadata.uid}") + " " + operator).split(" ")) {
            processes.addAll(Node.processes(pod));
        }
        assertThat(processes.stream().map(Node::commandLine))
                .anySatisfy(command -> assertThat(command).startsWith("mysqld"))
                .anySatisfy(command -> assertThat(command).contains("java"));
        return processes;
    }

    /** A Service leads to a Pod a little later than the Pod is ready: kube-proxy has to hear of it. */
    private static void awaitAnswer(String pod, String options, String password) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(ask(pod, options, password)).isEqualTo("root@%"));
    }

    /** Asks who one is, as a shell in the Pod does; the answer is a user or what went wrong. */
    private static String ask(String pod, String options, String password) {
        String command = "mysql --batch --skip-column-names " + options + " -p" + quoted(password)
                + " -e 'SELECT CURRENT_USER()' 2>&1 | grep -v 'Using a password'\n";
        return NAMESPACE
                .kubectl()
                .runWithInput(command, "exec", "--stdin", pod, "--", "sh")
                .output()
                .strip();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
