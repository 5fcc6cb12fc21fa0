package homework.otus.mysql.life;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import homework.otus.mysql.testing.ApiCall;
import homework.otus.mysql.testing.Cluster;
import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.InProcessOperator;
import homework.otus.mysql.testing.Kubectl;
import homework.otus.mysql.testing.Mesh;
import homework.otus.mysql.testing.Runbook;
import homework.otus.mysql.testing.Sandbox;
import homework.otus.mysql.testing.Sandbox.Kind;
import homework.otus.mysql.testing.Shell;
import homework.otus.mysql.testing.Succession;
import io.kubernetes.client.openapi.models.V1ClusterRole;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.util.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A database on volumes that the operator makes itself, below a folder of the node. */
class StaticVolumesIT {
    private static final String SETTING = "operator.static-volumes-path";
    private static final Path COMPONENT = Path.of("kustomize/components/static-volumes");
    private static final Path OPERATIONS = Path.of("docs/operations.md");

    @RegisterExtension
    static final Shell USER = new Shell();

    private static Path folder;
    private static Sandbox operators;

    /** As docs/operations.md says. */
    @BeforeAll
    static void prepareTheNode() throws IOException, InterruptedException {
        folder = Files.createTempDirectory(Path.of("/var/tmp"), "static-volumes", new FileAttribute<?>[0]);
        run("install", "--directory", "--group=999", "--mode=2770", folder.toString());
        operators = Sandbox.create("static-operators");
        operators
                .kubectl()
                .run(
                        "label",
                        "--overwrite",
                        "namespace",
                        operators.namespace(),
                        "pod-security.kubernetes.io/enforce=privileged")
                .orFail();
    }

    @AfterAll
    static void clean() throws IOException, InterruptedException {
        operators.close();
        run("rm", "--recursive", "--force", folder.toString());
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void livesTwiceWhateverBecomesOfTheOperator() throws InterruptedException, IOException {
        // Names of PersistentVolumes are the cluster's.
        String name = "static-" + UUID.randomUUID().toString().substring(0, 8);
        try (Sandbox sandbox = Sandbox.create("static");
                Succession operators = Succession.dyingAfterEveryWrite(sandbox.namespace(), configuration())) {
            Database database = Database.in(sandbox.kubectl(), name);
            database.create();
            database.awaitServing(name + " created without restore-job");
            database.insert("of the first life");
            Path own = folder.resolve(sandbox.namespace()).resolve(name);
            assertThat(volume(database.dataClaim())).isEqualTo(name + "-pv " + own.resolve(database.uid()));
            assertThat(volume(database.backupClaim())).isEqualTo("backup-" + name + "-pv " + own.resolve("backups"));
            assertThat(seenByAPodThatMounts(database.dataClaim(), sandbox.kubectl()))
                    .contains("mysql")
                    .doesNotContain(name, sandbox.namespace());

            database.delete();
            database.awaitGone();
            await().atMost(Duration.ofMinutes(3))
                    .untilAsserted(
                            () -> assertThat(volume(database.dataClaim())).isEmpty());
            assertThat(volume(database.backupClaim())).isNotEmpty();

            // Somebody takes the claim of the backups away, and so leaves a volume that no claim could have again.
            sandbox.kubectl().run("delete", "pvc", database.backupClaim()).orFail();

            database.create();
            database.awaitServing(name + " created with restore-job");
            assertThat(database.rows()).containsExactly("of the first life");
            assertThat(folders(sandbox.namespace(), name)).hasSize(3).contains("backups");
            assertThat(operators.deaths()).isEqualTo(operators.writes().size());
            assertThat(verbs(operators, "persistentvolumes", ""))
                    .isEqualTo(granted("cluster-role.yaml", "persistentvolumes"));
            assertThat(verbs(operators, "jobs", "prepare-")).isEqualTo(granted("role.yaml", "jobs"));

            database.delete();
            database.awaitGone();
            sandbox.kubectl().run("delete", "pvc", database.backupClaim()).orFail();
            Cluster.current()
                    .kubectl()
                    .run("delete", "pv", "backup-" + name + "-pv")
                    .orFail();
        }
    }

    @Test
    void itsFoldersAreMadeWhateverAMeshAddsToThePodThatMakesThem() {
        String name = "meshed-" + UUID.randomUUID().toString().substring(0, 8);
        try (Sandbox sandbox = Sandbox.create("static-meshed");
                Mesh mesh = Mesh.in(operators.namespace());
                InProcessOperator operator = InProcessOperator.start(sandbox.namespace(), configuration())) {
            Database database = Database.in(sandbox.kubectl(), name).create();
            database.awaitServing(name + " created without restore-job");
            assertThat(operators
                            .get(Kind.JOB, "prepare-" + database.uid())
                            .getRaw()
                            .toString())
                    .contains("\"succeeded\":1");
            assertThat(operator.calls())
                    .filteredOn(call -> call.name().startsWith("prepare-") && call.isWrite())
                    .extracting(ApiCall::verb)
                    .containsOnlyOnce("patch");
            database.skipFinalBackup().delete().awaitGone();
            sandbox.kubectl().run("delete", "pvc", database.backupClaim()).orFail();
            Cluster.current()
                    .kubectl()
                    .run("delete", "pv", "backup-" + name + "-pv")
                    .orFail();
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aVolumeOfAnotherNamespaceIsLeftAlone() throws InterruptedException {
        String name = "taken-" + UUID.randomUUID().toString().substring(0, 8);
        try (Sandbox first = Sandbox.create("static-first");
                Sandbox second = Sandbox.create("static-second");
                Succession here = Succession.of(first.namespace(), configuration());
                Succession there = Succession.of(second.namespace(), configuration())) {
            Database owner = Database.in(first.kubectl(), name);
            owner.create();
            owner.awaitServing(name + " created without restore-job");
            String volume = volume(owner.dataClaim());

            Database other = Database.in(second.kubectl(), name);
            other.create();
            assertThat(other.awaitReason("Ready", "Conflict").status()).isEqualTo("False");
            assertThat(volume(owner.dataClaim())).isEqualTo(volume);
            other.delete();
            other.awaitGone();
            assertThat(volume(owner.dataClaim())).isEqualTo(volume);

            owner.delete();
            owner.awaitGone();
            first.kubectl().run("delete", "pvc", owner.backupClaim()).orFail();
            Cluster.current()
                    .kubectl()
                    .run("delete", "pv", "backup-" + name + "-pv")
                    .orFail();
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aDeletedDataClaimIsGivenBack() throws InterruptedException {
        Sandbox.clear();
        try (Succession operators = Succession.of(USER.namespace(), configuration())) {
            USER.type("kubectl apply -f kustomize/samples/mysql-instance.yaml").orFail();
            Database database = Database.in(USER.kubectl(), "mysql-instance");
            database.awaitReady().insert("kept");
            USER.type("kubectl delete pvc mysql-instance-pvc --wait=false").orFail();
            database.awaitReason("DataVolumeTerminating", "DataClaimDeleted");

            List<String> commands = Runbook.commands(OPERATIONS, "A cluster without a provisioner");
            USER.type(commands.get(commands.size() - 1)).orFail();
            assertThat(database.awaitReady().rows()).containsExactly("kept");
            database.delete().awaitGone();
            USER.type("kubectl delete pvc --all; kubectl delete pv backup-mysql-instance-pv")
                    .orFail();
        }
    }

    /** The name of the volume of a claim, and the folder that it is; empty where there is none. */
    private static String volume(String claim) {
        return Cluster.current()
                .kubectl()
                .run(
                        "get",
                        "pv",
                        "--output=jsonpath={range .items[?(@.spec.claimRef.name==\"" + claim
                                + "\")]}{.metadata.name} {.spec.hostPath.path}{end}")
                .orFail();
    }

    private static Set<String> folders(String namespace, String name) throws IOException {
        try (Stream<Path> folders = Files.list(folder.resolve(namespace).resolve(name))) {
            return folders.map(path -> path.getFileName().toString()).collect(toSet());
        }
    }

    private static Set<String> verbs(Succession operators, String resource, String names) {
        return Stream.concat(operators.reads().stream(), operators.writes().stream())
                .filter(call -> call.resource().equals(resource) && call.name().startsWith(names))
                .map(ApiCall::verb)
                .collect(toSet());
    }

    private static Set<String> granted(String file, String resource) throws IOException {
        return Yaml.loadAll(COMPONENT.resolve(file).toFile()).stream()
                .flatMap(object -> object instanceof V1ClusterRole role
                        ? role.getRules().stream()
                        : object instanceof V1Role role ? role.getRules().stream() : Stream.empty())
                .filter(rule -> rule.getResources().contains(resource))
                .flatMap(rule -> rule.getVerbs().stream())
                .collect(toSet());
    }

    /** What a tenant sees who may make Pods in a database's namespace, and asks for the whole of its claim. */
    private static String seenByAPodThatMounts(String claim, Kubectl tenant) {
        tenant.runWithInput("""
                apiVersion: v1
                kind: Pod
                metadata: {name: tenant}
                spec:
                  restartPolicy: Never
                  securityContext: {runAsNonRoot: true, runAsUser: 999, runAsGroup: 999, seccompProfile: {type: RuntimeDefault}}
                  containers:
                    - name: look
                      image: %s
                      command: [sh, -c, "find /claim -maxdepth 2 >/dev/termination-log"]
                      securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
                      volumeMounts: [{name: claim, mountPath: /claim}]
                  volumes: [{name: claim, persistentVolumeClaim: {claimName: %s}}]
                """.formatted(InProcessOperator.IMAGE, claim), "create", "-f", "-")
                .orFail();
        tenant.run("wait", "pod/tenant", "--for=jsonpath={.status.phase}=Succeeded", "--timeout=120s")
                .orFail();
        String seen = tenant.run(
                        "get",
                        "pod",
                        "tenant",
                        "--output=jsonpath={.status.containerStatuses[0].state.terminated.message}")
                .orFail();
        tenant.run("delete", "pod", "tenant").orFail();
        return seen;
    }

    private static Map<String, Object> configuration() {
        return Map.of(SETTING, folder.toString(), "operator.namespace", operators.namespace());
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
