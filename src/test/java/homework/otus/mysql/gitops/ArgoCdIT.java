package homework.otus.mysql.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import homework.otus.mysql.gitops.ArgoCd.Application;
import homework.otus.mysql.gitops.ArgoCd.Resource;
import homework.otus.mysql.testing.AuditLog;
import homework.otus.mysql.testing.Cluster;
import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.InstalledOperator;
import homework.otus.mysql.testing.Kubectl;
import homework.otus.mysql.testing.Node;
import homework.otus.mysql.testing.ThrowawayNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The operator and two databases, from their installation to their end, by commits. What is committed are the files of
 * the folder argocd and what its README shows, with the URLs of local repositories.
 *
 * <p>Until the sixth step, Argo CD tells by the label {@code app.kubernetes.io/instance} what is whose, as it did in
 * older versions, and one database has the name of its Application: nothing but the MySQL itself may be taken for Argo
 * CD's.
 */
@Tag("argocd")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ArgoCdIT {
    /** For how long nothing may stir after a step, and after the whole story. */
    private static final Duration QUIET = Duration.parse(System.getProperty("gitops.quiet", "PT4S"));

    private static final Duration QUIET_AT_THE_END = Duration.parse(System.getProperty("gitops.quiet.end", "PT20S"));

    private static final Path FILES = Path.of("argocd");
    private static final Pattern ORDER = Pattern.compile("(?s)```yaml\n(apiVersion: otus.homework/v1\n.*?)```");
    private static final String ANYTHING = "{group: '*', kind: '*'}";
    private static final String IMAGE = "docker.io/otushomework/mysql-operator";

    @RegisterExtension
    static final ThrowawayNamespace NAMESPACE = new ThrowawayNamespace();

    @RegisterExtension
    static final ThrowawayNamespace OTHER_NAMESPACE = new ThrowawayNamespace();

    @TempDir
    private static Path folder;

    private static GitRepository operator;
    private static GitRepository databases;

    @BeforeAll
    static void startFromNothing() throws IOException {
        assertThat(ArgoCd.kubectl().run("get", "applications").exitCode())
                .as("Argo CD on this cluster: run `make argocd` first")
                .isZero();
        ArgoCd.forgetApplications();
        Kubectl kubectl = Cluster.current().kubectl();
        kubectl.run("delete", "--kustomize=kustomize/base/manager", "--ignore-not-found")
                .orFail();
        kubectl.run("apply", "--server-side", "--kustomize=argocd/argocd-cm").orFail();
        trackBy("label");

        operator = GitRepository.create(folder.resolve("operator"));
        databases = GitRepository.create(folder.resolve("databases"));
        try (Stream<Path> files = Files.walk(Path.of("kustomize"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                operator.write(file.toString(), Files.readString(file));
            }
        }
        operator.commit("The operator's manifests");
        for (String file : List.of("project.yaml", "operator.yaml", "databases.yaml", "app-of-apps.yaml")) {
            databases.write("argocd/" + file, withUrls(Files.readString(FILES.resolve(file))));
        }
        // Argo CD takes nothing for its own that a project doesn't allow: the labels alone shall keep it from that.
        databases.write(
                "argocd/project.yaml",
                databases.read("argocd/project.yaml").replace("{group: otus.homework, kind: MySQL}", ANYTHING));
    }

    @Test
    @Order(1)
    void theAppOfAppsInstallsTheOperator() throws IOException {
        String commit = databases.commit("Run databases by the operator");
        ArgoCd.kubectl()
                .runWithInput(withUrls(Files.readString(FILES.resolve("app-of-apps.yaml"))), "apply", "--filename=-")
                .orFail();
        ArgoCd.awaitSettled("mysql", commit);
        await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
            Application application = ArgoCd.application("mysql-operator");
            assertThat(application.sync()).isEqualTo("Synced");
            assertThat(application.health()).isEqualTo("Healthy");
        });
        assertThat(InstalledOperator.kubectl()
                        .run("get", "deployment", "mysql-operator", "--output=jsonpath={.status.readyReplicas}")
                        .orFail())
                .isEqualTo("2");
        assertThat(Cluster.current()
                        .kubectl()
                        .run("get", "crd", "mysqls.otus.homework", "--output=jsonpath={.metadata.annotations}")
                        .orFail())
                .contains("Prune=false");
        staysQuiet(QUIET);
    }

    @Test
    @Order(2)
    void aDatabaseThatIsCommittedIsHealthyWhenItAnswers() {
        order(orders());
        order(namesake());
        String commit = databases.commit("Order two databases");
        Set<String> seen = new HashSet<>();
        await().atMost(Duration.ofMinutes(3)).until(() -> {
            Resource mysql = ArgoCd.application(app()).mysql("orders");
            seen.add(mysql.health());
            return mysql.health().equals("Healthy");
        });
        orders().insert("kept");
        assertThat(seen).contains("Progressing");

        ArgoCd.awaitSettled(app(), commit);
        namesake().insert("kept, too");
        assertThat(ArgoCd.application(app()).resources())
                .extracting(Resource::kind)
                .containsOnly("MySQL");
        assertThat(kubectl()
                        .run("get", "ms", "--output=name", "--selector=app.kubernetes.io/instance=" + app())
                        .orFail()
                        .lines())
                .hasSize(2);
        assertThat(kubectl()
                        .run("get", CHILDREN, "--output=name", "--selector=app.kubernetes.io/instance")
                        .orFail())
                .isEmpty();
        assertTree();
        staysQuiet(QUIET);
    }

    @Test
    @Order(3)
    void anotherPasswordThatIsCommittedIsTheDatabases() {
        String pod = orders().pod();
        order(changed());
        ArgoCd.awaitSettled(app(), databases.commit("Change the password of orders"));
        assertThat(ArgoCd.application(app()).mysql("orders").message()).isEqualTo("mysql password changed!");
        assertThat(changed().rows()).containsExactly("kept");
        assertThat(changed().pod()).isEqualTo(pod);
        staysQuiet(QUIET);
    }

    @Test
    @Order(4)
    void aDatabaseThatIsRenamedIsBackedUpAndPrunedWhenThatIsConfirmed() {
        String untouched = namesake().pod();
        databases.remove(file("orders"));
        order(renamed());
        String commit = databases.commit("Rename orders");
        ArgoCd.awaitOperation(app(), "Waiting for pruning confirmation", "orders");
        assertThat(changed().insert("kept until the end").rows()).hasSize(2);
        assertThat(renamed().insert("new").rows()).containsExactly("new");

        ArgoCd.confirmDeletion(app());
        changed().awaitGone();
        ArgoCd.awaitSettled(app(), commit);
        assertBackedUp(changed());
        assertThat(namesake().pod()).isEqualTo(untouched);
        staysQuiet(QUIET);
    }

    @Test
    @Order(5)
    void theRevertBringsItsRowsBack() {
        String commit = databases.revert();
        ArgoCd.awaitOperation(app(), "Waiting for pruning confirmation", "renamed");
        ArgoCd.confirmDeletion(app());
        renamed().awaitGone();
        ArgoCd.awaitSettled(app(), commit);
        assertBackedUp(renamed());
        assertThat(changed().rows()).containsExactly("kept", "kept until the end");
        staysQuiet(QUIET);
    }

    @Test
    @Order(6)
    void trackingByAnnotationsTakesOverWithTheNextSync() throws IOException {
        String pods = changed().pod() + namesake().pod();
        trackBy("annotation");
        write(NAMESPACE, app(), manifest(namesake()) + "  backup:\n    retain: 2\n");
        databases.write("argocd/project.yaml", withUrls(Files.readString(FILES.resolve("project.yaml"))));
        String commit = databases.commit("Keep fewer backups, and allow no more than needed");
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(changed()
                                .read("ms/orders", "{.metadata.annotations.argocd\\.argoproj\\.io/tracking-id}"))
                        .startsWith(app() + ":"));
        ArgoCd.awaitSettled(app(), commit);
        assertThat(changed().read("ms", "{.items[*].metadata.labels}")).isEmpty();
        assertThat(ArgoCd.application(app()).resources())
                .extracting(Resource::kind)
                .containsOnly("MySQL");
        assertTree();
        assertThat(changed().pod() + namesake().pod()).isEqualTo(pods);
        staysQuiet(QUIET);
    }

    @Test
    @Order(7)
    void aRemovalIsTakenBackBeforeItIsConfirmed() {
        String pod = changed().pod();
        databases.remove(file("orders")).commit("Remove orders");
        ArgoCd.awaitOperation(app(), "Waiting for pruning confirmation", "orders");
        String commit = databases.revert();
        ArgoCd.terminateOperation(app());
        ArgoCd.awaitSettled(app(), commit);
        assertThat(changed().pod()).isEqualTo(pod);
        staysQuiet(QUIET);
    }

    @Test
    @Order(8)
    void aRemovalIsTakenBackWhileTheDatabaseIsDeleted() {
        String uid = changed().uid();
        databases.remove(file("orders")).commit("Remove orders");
        ArgoCd.awaitOperation(app(), "Waiting for pruning confirmation", "orders");
        String commit = databases.revert();
        ArgoCd.confirmDeletion(app());
        await().atMost(Duration.ofMinutes(2)).until(() -> !uid.equals(changed().read("ms/orders", "{.metadata.uid}")));
        ArgoCd.awaitSettled(app(), commit);
        assertThat(changed().uid()).isNotEqualTo(uid);
        assertThat(changed().rows()).containsExactly("kept", "kept until the end");
        staysQuiet(QUIET);
    }

    @Test
    @Order(9)
    void theRemovalOfTheWholeFolderIsTakenBackBeforeItIsConfirmed() {
        String pods = changed().pod() + namesake().pod();
        databases.remove("databases").commit("Remove all databases");
        awaitDeletionOfTheApplication();
        String commit = databases.revert();
        ArgoCd.release(app());
        ArgoCd.awaitSettled(app(), commit);
        assertThat(changed().pod() + namesake().pod()).isEqualTo(pods);
        staysQuiet(QUIET);
    }

    @Test
    @Order(10)
    void restartAndPauseAreNoDriftFromGit() {
        String pod = changed().pod();
        kubectl()
                .run("annotate", "ms", "orders", "otus.homework/restartedAt=2026-11-25T12:00:00Z")
                .orFail();
        await().atMost(Duration.ofMinutes(2))
                .until(() -> !changed().pod().contains(pod)
                        && changed().condition("Ready").status().equals("True"));
        assertThat(changed().rows()).containsExactly("kept", "kept until the end");

        changed().patch("{\"spec\":{\"paused\":true}}");
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(
                                ArgoCd.application(app()).mysql("orders").health())
                        .isEqualTo("Suspended"));
        String started = ArgoCd.application(app()).startedAt();
        await().during(QUIET).atMost(QUIET.plusSeconds(10)).untilAsserted(() -> {
            assertThat(ArgoCd.application(app()).sync()).isEqualTo("Synced");
            assertThat(ArgoCd.application(app()).startedAt()).isEqualTo(started);
        });
        changed().patch("{\"spec\":{\"paused\":null}}");
        ArgoCd.awaitSettled(app(), databases.head());
        staysQuiet(QUIET);
    }

    @Test
    @Order(11)
    void whatIsWrongInACommitIsNamedAndNothingSuffers() {
        String pods = changed().pod() + namesake().pod();
        write(OTHER_NAMESPACE, "unknown", manifest(Database.in(kubectl(), "unknown")) + "  storge: 1Gi\n");
        write(
                OTHER_NAMESPACE,
                "missing",
                manifest(Database.in(kubectl(), "missing")).replaceAll("  image:.*\n", ""));
        write(NAMESPACE, "orders", manifest(changed()).replaceAll("storage_size:.*", "storage_size: 400Mi"));
        databases.commit("Three mistakes");
        ArgoCd.awaitOperation(app(OTHER_NAMESPACE), "storge", "spec.image");
        ArgoCd.awaitOperation(app(), "orders", "spec.storage_size");
        assertThat(ArgoCd.application("mysql").health()).isEqualTo("Healthy");
        assertThat(ArgoCd.application("mysql-operator").sync()).isEqualTo("Synced");
        assertThat(ArgoCd.application(app()).health()).isEqualTo("Healthy");
        assertThat(changed().rows()).containsExactly("kept", "kept until the end");

        String commit = databases.revert();
        ArgoCd.awaitSettled(app(), commit);
        awaitTheOtherFoldersEnd();
        assertThat(changed().pod() + namesake().pod()).isEqualTo(pods);
        staysQuiet(QUIET);
    }

    @Test
    @Order(12)
    void aDatabaseThatTwoFoldersOrderStaysTheFirstOnes() {
        String uid = changed().uid();
        write(
                OTHER_NAMESPACE,
                "orders",
                manifest(changed().withPassword("theirs"))
                        .replace("  name: orders\n", "  name: orders\n  namespace: " + NAMESPACE.name() + "\n"));
        databases.commit("Order somebody else's database");
        ArgoCd.awaitOperation(app(OTHER_NAMESPACE), "Shared resource found", "orders", app());
        String version = changed().read("ms/orders", "{.metadata.resourceVersion}");
        String started = ArgoCd.application(app()).startedAt();
        await().during(QUIET).atMost(QUIET.plusSeconds(10)).untilAsserted(() -> {
            assertThat(changed().read("ms/orders", "{.metadata.resourceVersion}"))
                    .isEqualTo(version);
            assertThat(ArgoCd.application(app()).sync()).isEqualTo("Synced");
            assertThat(ArgoCd.application(app()).startedAt()).isEqualTo(started);
        });

        databases.revert();
        awaitTheOtherFoldersEnd();
        assertThat(changed().uid()).isEqualTo(uid);
        assertThat(changed().rows()).containsExactly("kept", "kept until the end");
        staysQuiet(QUIET);
    }

    @Test
    @Order(13)
    void anUpgradeOfTheOperatorTouchesNoDatabase() {
        Node.tagImage(IMAGE + ":0.1.0", IMAGE + ":0.1.1");
        String pods = changed().pod() + namesake().pod();
        Instant start = Instant.now();
        String manifest = databases.read("argocd/operator.yaml");
        databases.write("argocd/operator.yaml", manifest.replace(IMAGE + ":0.1.0", IMAGE + ":0.1.1"));
        ArgoCd.awaitSettled("mysql", databases.commit("Upgrade the operator"));
        Kubectl kubectl = InstalledOperator.kubectl();
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(kubectl.run(
                                        "get",
                                        "pods",
                                        "--output=jsonpath={range .items[*]}{.spec.containers[0].image} {end}")
                                .orFail()
                                .strip())
                        .isEqualTo(IMAGE + ":0.1.1 " + IMAGE + ":0.1.1"));
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(
                        () -> assertThat(ArgoCd.application("mysql-operator").health())
                                .isEqualTo("Healthy"));
        staysQuiet(QUIET);
        assertThat(changed().pod() + namesake().pod()).isEqualTo(pods);
        assertThat(AuditLog.ofOperator(start))
                .filteredOn(call -> call.writes() && call.namespace().equals(NAMESPACE.name()))
                .isEmpty();
    }

    @Test
    @Order(14)
    void theLastDatabaseOfAFolderGoesLikeAnyOther() {
        Database last = Database.in(OTHER_NAMESPACE.kubectl(), "last");
        databases.write("databases/" + OTHER_NAMESPACE.name() + "/README.md", "What these databases are for.\n");
        write(OTHER_NAMESPACE, "last", manifest(last));
        ArgoCd.awaitSettled(app(OTHER_NAMESPACE), databases.commit("Order a database in a folder of its own"));
        last.insert("kept until the end");

        databases.remove("databases/" + OTHER_NAMESPACE.name() + "/last.yaml");
        String commit = databases.commit("Remove the only database of the folder");
        ArgoCd.awaitOperation(app(OTHER_NAMESPACE), "Waiting for pruning confirmation", "last");
        assertThat(last.rows()).containsExactly("kept until the end");
        ArgoCd.confirmDeletion(app(OTHER_NAMESPACE));
        last.awaitGone();
        ArgoCd.awaitSettled(app(OTHER_NAMESPACE), commit);
        assertBackedUp(last);

        databases.remove("databases/" + OTHER_NAMESPACE.name()).commit("Remove the folder");
        awaitTheOtherFoldersEnd();
    }

    @Test
    @Order(15)
    void nothingStirsAfterAllThat() {
        staysQuiet(QUIET_AT_THE_END);
    }

    @Test
    @Order(16)
    void whenAllIsDeletedEveryDatabaseIsBackedUpFirst() {
        ArgoCd.kubectl().run("delete", "application", "mysql", "--wait=false").orFail();
        awaitDeletionOfTheApplication();

        ArgoCd.confirmDeletion(app());
        await().atMost(Duration.ofMinutes(4))
                .untilAsserted(() -> assertThat(ArgoCd.applications()).isEmpty());
        assertThat(kubectl().run("get", "ms", "--output=name").orFail()).isEmpty();
        assertBackedUp(changed());
        assertBackedUp(namesake());
        InstalledOperator.kubectl()
                .run("wait", "--for=delete", "namespace/mysql-operator", "--timeout=120s")
                .orFail();
        kubectl().run("get", "crd", "mysqls.otus.homework").orFail();
    }

    /** Below a database are its server and Secrets, and neither claims nor Jobs. */
    private static void assertTree() {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(ArgoCd.tree(app()))
                        .contains(
                                "Deployment orders < MySQL orders",
                                "Service orders < MySQL orders",
                                "Secret orders-credentials < MySQL orders",
                                "Secret orders-binding < MySQL orders")
                        .anyMatch(line -> line.matches("ReplicaSet orders-\\w+ < Deployment orders"))
                        .anyMatch(line -> line.matches("Pod orders-\\w+-\\w+ < ReplicaSet orders-\\w+"))
                        .noneMatch(line -> line.startsWith("PersistentVolumeClaim") || line.startsWith("Job")));
    }

    /** Its databases go on until that is confirmed. */
    private static void awaitDeletionOfTheApplication() {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> ArgoCd.application(app()).object().toString().contains("deletionTimestamp"));
        assertThat(changed().rows()).containsExactly("kept", "kept until the end");
        assertThat(changed().read("ms", "{.items[*].metadata.deletionTimestamp}"))
                .isEmpty();
    }

    /** An Application is deleted when it has stopped trying: nobody waits for that. */
    private static void awaitTheOtherFoldersEnd() {
        ArgoCd.terminateOperation(app(OTHER_NAMESPACE));
        await().atMost(Duration.ofMinutes(2))
                .until(() -> ArgoCd.application(app(OTHER_NAMESPACE)).name().isEmpty());
    }

    private static final String CHILDREN = "deploy,replicasets,pods,svc,secrets,pvc,jobs";

    private static Database orders() {
        return Database.in(kubectl(), "orders");
    }

    /** After the change of its password. */
    private static Database changed() {
        return orders().withPassword("newpass");
    }

    private static Database renamed() {
        return Database.in(kubectl(), "renamed");
    }

    /** Has the name of its Application. */
    private static Database namesake() {
        return Database.in(kubectl(), app());
    }

    private static String app() {
        return app(NAMESPACE);
    }

    private static String app(ThrowawayNamespace namespace) {
        return "databases-" + namespace.name();
    }

    private static Kubectl kubectl() {
        return NAMESPACE.kubectl();
    }

    private static String file(String name) {
        return "databases/" + NAMESPACE.name() + "/" + name + ".yaml";
    }

    private static void order(Database database) {
        write(NAMESPACE, database.name(), manifest(database));
    }

    private static void write(ThrowawayNamespace namespace, String name, String manifest) {
        databases.write("databases/" + namespace.name() + "/" + name + ".yaml", manifest);
    }

    /** As README.md shows it. */
    private static String manifest(Database database) {
        try {
            Matcher order = ORDER.matcher(Files.readString(FILES.resolve("README.md")));
            assertThat(order.find()).as("argocd/README.md shows a MySQL").isTrue();
            return order.group(1)
                    .replace("name: orders", "name: " + database.name())
                    .replaceAll("password: .*", "password: " + database.password());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String withUrls(String manifest) {
        return manifest.replace("https://git.example/mysql-operator.git", operator.url())
                .replace("https://git.example/databases.git", databases.url());
    }

    private static void trackBy(String method) {
        ArgoCd.kubectl()
                .run(
                        "patch",
                        "configmap",
                        "argocd-cm",
                        "--patch={\"data\":{\"application.resourceTrackingMethod\":\"" + method + "\"}}")
                .orFail();
    }

    private static void assertBackedUp(Database database) {
        assertThat(database.read(
                        "pvc/" + database.backupClaim(), "{.metadata.annotations.otus\\.homework/backup-record}"))
                .contains("sha256");
        assertThat(database.read("job/" + database.backupJob(), "{.status.succeeded}"))
                .isEqualTo("1");
        assertThat(database.read("pvc/" + database.dataClaim(), "{.metadata.name}"))
                .isEmpty();
    }

    /** No Application is out of sync or unhealthy or begins to sync, and no MySQL is written. */
    private static void staysQuiet(Duration duration) {
        Map<String, String> asNow = stateOfApplications(application -> "Synced Healthy " + application.startedAt());
        String versions = versions();
        await().during(duration).atMost(duration.plusSeconds(10)).untilAsserted(() -> {
            assertThat(stateOfApplications(application ->
                            application.sync() + " " + application.health() + " " + application.startedAt()))
                    .isEqualTo(asNow);
            assertThat(versions()).isEqualTo(versions);
        });
    }

    private static Map<String, String> stateOfApplications(Function<Application, String> state) {
        return ArgoCd.applications().stream().collect(Collectors.toMap(Application::name, state));
    }

    private static String versions() {
        return kubectl()
                .run("get", "ms", "--output=jsonpath={.items[*].metadata.resourceVersion}")
                .orFail();
    }
}
