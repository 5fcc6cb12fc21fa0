package homework.otus.mysql.life;

import static homework.otus.mysql.testing.AdmissionPolicy.add;
import static homework.otus.mysql.testing.AdmissionPolicy.replace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import homework.otus.mysql.testing.AdmissionPolicy;
import homework.otus.mysql.testing.ApiCall;
import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.InProcessOperator;
import homework.otus.mysql.testing.Node;
import homework.otus.mysql.testing.Sandbox;
import homework.otus.mysql.testing.Sandbox.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Admission policies make something else of what the operator asks for: that is no drift, and no change of the image. */
class AdmissionIT {
    @Test
    void whatAPolicyRewritesIsMadeOnceAndLeftAlone() {
        try (Sandbox sandbox = Sandbox.create("admission")) {
            String namespace = sandbox.namespace();
            String labelled = add("/metadata/labels/policy", "'label'");
            String pod = "/spec/template/spec";
            String pinned = Node.pinImage("docker.io/library/mysql:9.7.4");
            try (var policy = AdmissionPolicy.in(namespace)
                            .mutate("/services", "true", labelled)
                            .mutate("batch/jobs", "true", labelled)
                            .mutate("/secrets", "true", labelled)
                            .mutate(
                                    "/secrets",
                                    "object.metadata.name == 'db-credentials'",
                                    add("/data/policy", "'eA=='"),
                                    replace("/data/my.cnf", "'W2NsaWVudF0KdXNlcj1yb290CiMgYSBwb2xpY3kK'"))
                            .mutate(
                                    "apps/deployments",
                                    "true",
                                    labelled,
                                    replace(pod + "/containers/0/image", "'" + pinned + "'"),
                                    add(pod + "/tolerations", "[{'key': 'pool', 'operator': 'Exists'}]"),
                                    replace(pod + "/containers/0/resources/requests/cpu", "'10m'"),
                                    replace(pod + "/securityContext/fsGroupChangePolicy", "'Always'"),
                                    replace(pod + "/terminationGracePeriodSeconds", "60"),
                                    replace(pod + "/containers/0/args/0", "'--datadir=/var/lib/mysql/'"))
                            .enforce();
                    InProcessOperator operator =
                            InProcessOperator.start(namespace, Map.of("operator.resync-period", "5s"))) {
                Database database = Database.in(sandbox.kubectl(), "db")
                        .with("resources", Map.of("requests", Map.of("cpu", "20m")))
                        .create();
                database.awaitServing("db created without restore-job");
                database.awaitReason("SpecApplied", "Applied");
                String server = database.pod();
                assertThat(database.read("deployment/db", "{.spec.template.spec.containers[0].image}"))
                        .isEqualTo(pinned);
                String spec = "{.spec.template.spec";
                assertThat(database.read("deployment/db", spec + ".tolerations[*].key}"))
                        .isEqualTo("pool");
                assertThat(database.read("deployment/db", spec + ".containers[0].resources.requests.cpu}"))
                        .isEqualTo("10m");
                assertThat(database.read("deployment/db", spec + ".securityContext.fsGroupChangePolicy}"))
                        .isEqualTo("Always");
                assertThat(database.read("secret/db-credentials", "{.data.policy}"))
                        .isEqualTo("eA==");
                assertNoWrites(operator);
                assertThat(database.pod()).isEqualTo(server);
                assertThat(sandbox.names(Kind.JOB)).isEmpty();
                assertThat(database.condition("SpecApplied").reason()).isEqualTo("Applied");
            }
        }
    }

    @Test
    void aSecondServerThatAPolicyAsksForIsToldAndNeverServes() {
        try (Sandbox sandbox = Sandbox.create("replicas")) {
            String namespace = sandbox.namespace();
            try (InProcessOperator operator =
                            InProcessOperator.start(namespace, Map.of("operator.resync-period", "5s"));
                    var policy = AdmissionPolicy.in(namespace)
                            .mutate("apps/deployments", "true", replace("/spec/replicas", "2"))) {
                Database database =
                        Database.in(sandbox.kubectl(), "db").create().awaitReady();
                database.awaitReason("SpecApplied", "Applied");
                policy.enforce();
                sandbox.kubectl()
                        .run("annotate", "ms", "db", "otus.homework/restartedAt=now")
                        .orFail();
                assertThat(database.awaitReason("SpecApplied", "ReplicasChanged")
                                .message())
                        .startsWith("deployment/db has 2 replicas");
                database.awaitReady();
                assertThat(database.insert("row").rows()).containsExactly("row");
                assertThat(database.read("pods --selector=app=db", "{.items[*].metadata.name}")
                                .split(" "))
                        .hasSize(2);
                assertNoWrites(operator);
                // It has tried to start by now.
                assertThat(database.read("pods --selector=app=db", "{.items[*].status.containerStatuses[0].ready}")
                                .split(" "))
                        .containsOnlyOnce("true");
                assertThat(database.rows()).containsExactly("row");
                assertThat(sandbox.names(Kind.JOB)).doesNotContain("restore-db-job", "backup-db-job", "check-db-job");
            }
        }
    }

    @Test
    void aSecondServerIsNotEvenStartedWhereOnePodMayUseTheVolume() {
        try (Sandbox sandbox = Sandbox.create("one-pod")) {
            String namespace = sandbox.namespace();
            try (InProcessOperator operator = InProcessOperator.start(namespace, Map.of());
                    var policy = AdmissionPolicy.in(namespace)
                            .mutate("apps/deployments", "true", replace("/spec/replicas", "2"))
                            .enforce()) {
                Database database = Database.in(sandbox.kubectl(), "db")
                        .with("accessMode", "ReadWriteOncePod")
                        .create()
                        .awaitReady();
                assertThat(database.read("pvc/db-pvc", "{.spec.accessModes[*]}"))
                        .isEqualTo("ReadWriteOncePod");
                database.awaitReason("SpecApplied", "ReplicasChanged");
                assertThat(database.insert("row").rows()).containsExactly("row");
                assertThat(scheduled(database)).containsExactlyInAnyOrder("True", "False");

                policy.close();
                sandbox.kubectl()
                        .run("annotate", "ms", "db", "otus.homework/restartedAt=now")
                        .orFail();
                database.awaitReason("SpecApplied", "Applied");
                assertThat(scheduled(database)).containsExactly("True");

                database.delete().awaitGone();
                database.create().awaitServing("db created with restore-job");
                assertThat(database.rows()).containsExactly("row");
            }
        }
    }

    @Test
    void whoeverIsSaidToManageThem() {
        try (Sandbox sandbox = Sandbox.create("managed")) {
            String namespace = sandbox.namespace();
            AdmissionPolicy policy = AdmissionPolicy.in(namespace);
            for (String resource : List.of(
                    "/persistentvolumeclaims", "/secrets", "/services", "/pods", "apps/deployments", "batch/jobs")) {
                policy.mutate(resource, "true", add("/metadata/labels/app.kubernetes.io~1managed-by", "'team-x'"));
            }
            try (InProcessOperator operator =
                            InProcessOperator.start(namespace, Map.of("operator.resync-period", "5s"));
                    AdmissionPolicy enforced = policy.enforce()) {
                Database database = Database.in(sandbox.kubectl(), "db")
                        .create()
                        .awaitReady()
                        .insert("row");
                assertThat(database.read("pvc/db-pvc", "{.metadata.labels.app\\.kubernetes\\.io/managed-by}"))
                        .isEqualTo("team-x");
                assertNoWrites(operator);
                database.patch("{\"spec\":{\"password\":\"another\"}}")
                        .awaitReason("PasswordSynced", "PasswordChanged");
                database.delete().awaitGone();
                Database again = database.withPassword("another").create().awaitReady();
                assertThat(again.rows()).containsExactly("row");
            }
        }
    }

    @Test
    void aSuspendedJobIsTold() {
        try (Sandbox sandbox = Sandbox.create("queued")) {
            String namespace = sandbox.namespace();
            try (InProcessOperator operator = InProcessOperator.start(namespace, Map.of());
                    var policy = AdmissionPolicy.in(namespace)
                            .mutateNew("batch/jobs", "true", add("/spec/suspend", "true"))
                            .enforce()) {
                Database database = Database.in(sandbox.kubectl(), "db")
                        .create()
                        .awaitReady()
                        .insert("row");
                database.patch("{\"spec\":{\"password\":\"another\"}}");
                assertThat(database.awaitReason("PasswordSynced", "JobSuspended")
                                .message())
                        .contains("kubectl patch job change-pass-db-job");
                await().pollInterval(Duration.ofSeconds(1))
                        .atMost(Duration.ofMinutes(2))
                        .until(() -> {
                            resume(sandbox, "change-pass-db-job");
                            return database.condition("PasswordSynced").reason().equals("PasswordChanged");
                        });
                database.delete();
                assertThat(database.awaitReason("Ready", "JobSuspended").message())
                        .contains("kubectl patch job backup-db-job");
                resume(sandbox, "backup-db-job");
                database.awaitGone();
            }
        }
    }

    private static void resume(Sandbox sandbox, String job) {
        sandbox.kubectl().run("patch", "job", job, "--patch={\"spec\":{\"suspend\":false}}");
    }

    /** As of a Job whose Pod was gone before it was read. */
    @Test
    void aJobWithoutAnAnswerIsAskedAgainMoreAndMoreSeldom() {
        try (Sandbox sandbox = Sandbox.create("answerless")) {
            String namespace = sandbox.namespace();
            try (InProcessOperator operator = InProcessOperator.start(namespace, Map.of());
                    var policy = AdmissionPolicy.in(namespace)
                            .mutateNew(
                                    "/pods",
                                    "object.metadata.labels['app.kubernetes.io/component'] == 'backup'",
                                    replace("/spec/containers/0/command", "['java', '-version']"))
                            .enforce()) {
                Database database = Database.in(sandbox.kubectl(), "db")
                        .create()
                        .awaitReady()
                        .insert("row");
                database.delete();
                assertThat(database.awaitReason("BackupSucceeded", "BackupFailed")
                                .message())
                        .contains("its answer was gone");
                await().atMost(Duration.ofMinutes(2)).until(() -> backups(operator) == 3);
                // The third is tried 20 s after the second has ended, and the fourth 40 s after the third.
                await().during(Duration.ofSeconds(25))
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> backups(operator) == 3);
                policy.close();
                database.awaitGone();
                database.create().awaitReady();
                assertThat(database.rows()).containsExactly("row");
            }
        }
    }

    private static long backups(InProcessOperator operator) {
        return operator.calls().stream()
                .filter(call -> call.verb().equals("create") && call.name().equals("backup-db-job") && call.succeeded())
                .count();
    }

    private static String[] scheduled(Database database) {
        return database.read(
                        "pods --selector=app=db", "{.items[*].status.conditions[?(@.type==\"PodScheduled\")].status}")
                .split(" ");
    }

    /** Though all is planned every few seconds. */
    private static void assertNoWrites(InProcessOperator operator) {
        AtomicLong before = new AtomicLong();
        await().during(Duration.ofSeconds(15)).atMost(Duration.ofSeconds(60)).until(() -> {
            long now = writes(operator);
            return before.getAndSet(now) == now;
        });
    }

    private static long writes(InProcessOperator operator) {
        return operator.calls().stream().filter(ApiCall::isWrite).count();
    }
}
