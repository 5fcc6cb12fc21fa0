package homework.otus.mysql.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import homework.otus.mysql.testing.Cluster;
import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.Kubectl;
import homework.otus.mysql.testing.Sandbox;
import homework.otus.mysql.testing.Sandbox.Kind;
import homework.otus.mysql.testing.Succession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What the API server accepts and Java can't take stops one database at most, and is told on it. */
@Isolated // takes a limit out of the definition for a while
class UnreadableIT {
    private static final String LIMIT = "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/imageChange"
            + "/properties/progressDeadlineSeconds/maximum";

    /**
     * Quantities that Kubernetes reads in its own way: exponents modulo 2^32, signs, and what Java reads no less. None of
     * those that make the API server count for minutes itself, as 1e2147483648, which is 10 to the power of -2^31: that
     * takes a processor and gigabytes from all tests that follow.
     */
    private static final List<String> QUANTITIES = List.of(
            "1e4294967296",
            "1E-4294967296",
            "1e+4294967297",
            "+1",
            ".5",
            "1.",
            "000000000000000000000000000000000000000000000000000000000000000001",
            "1e18",
            "1e400",
            "1e-400",
            "9223372036854775807",
            "9223372036854775808",
            "0.0000000000000000001",
            "1n",
            "1u");

    @Test
    void childrenThatCannotBeReadLeaveOtherDatabasesAlone() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.create("unreadable")) {
            List<String> listed = createOdd(sandbox, "listed");
            assertThat(listed).contains("pod-limits-listed-0", "claim-listed-0", "job-listed");
            try (Succession operators = Succession.of(sandbox.namespace())) {
                Database database = Database.in(sandbox.kubectl(), "db").create();
                database.awaitServing("db created without restore-job");
                database.insert("a row");

                createOdd(sandbox, "watched");
                String pod = database.pod();
                assertThat(create(sandbox, pod("of-db", "db", "1e4294967296")).exitCode())
                        .isZero();
                assertThat(database.awaitReason("Ready", "Unreadable").message())
                        .contains("pods/of-db: spec.containers[0].resources.limits: ", "4294967296");
                assertThat(database.message()).contains("pods/of-db");
                assertThat(database.rows()).containsExactly("a row");
                assertThat(database.pod()).isEqualTo(pod);
                assertThat(database.events()).anyMatch(event -> event.startsWith("Unreadable: "));

                sandbox.kubectl().run("delete", "pod", "of-db", "--grace-period=0", "--force");
                database.awaitReason("Ready", "Serving");
                // A list of its own for each kind: a broken watch would have made more.
                assertThat(lists(operators, "pods")).isEqualTo(1);

                database.delete().awaitGone();
                assertThat(sandbox.find(Kind.CLAIM, database.backupClaim())).isPresent();
            }
        }
    }

    @Test
    void aMySQLThatCannotBeReadIsTold() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.create("unreadable-mysql");
                Succession operators = Succession.of(sandbox.namespace())) {
            var limit = cluster(
                    "get",
                    "crd/mysqls.otus.homework",
                    "--output=jsonpath={" + LIMIT.replace("/0/", "[0]/").replace('/', '.') + "}");
            Database other = Database.in(sandbox.kubectl(), "other");
            Database database = Database.in(sandbox.kubectl(), "db")
                    .with("imageChange", Map.of("progressDeadlineSeconds", 3_000_000_000L));
            patchDefinition("[{\"op\":\"remove\",\"path\":\"" + LIMIT + "\"}]");
            try {
                // The API server takes a changed definition in its own time.
                await().atMost(Duration.ofMinutes(1))
                        .ignoreException(AssertionError.class)
                        .until(() -> {
                            database.create();
                            return true;
                        });
                assertThat(database.awaitReason("Ready", "Unreadable").message())
                        .contains("mysqls/db: spec.imageChange.progressDeadlineSeconds: ", "3000000000");
                assertThat(database.condition("Ready").status()).isEqualTo("False");
                assertThat(sandbox.names(Kind.CLAIM)).isEmpty();
                // The changed definition itself broke the watch once.
                long lists = lists(operators, "mysqls");
                other.create().awaitReady();
                assertThat(lists(operators, "mysqls")).isEqualTo(lists);

                database.patch("{\"spec\":{\"imageChange\":null}}");
                database.awaitReady();
            } finally {
                patchDefinition("[{\"op\":\"add\",\"path\":\"" + LIMIT + "\",\"value\":" + limit + "}]");
            }
        }
    }

    /** @return the names of what the API server accepted */
    private static List<String> createOdd(Sandbox sandbox, String when) {
        List<String> accepted = new ArrayList<>();
        for (int i = 0; i < QUANTITIES.size(); i++) {
            String quantity = QUANTITIES.get(i);
            String pod = "pod-limits-" + when + "-" + i;
            if (create(sandbox, pod(pod, "odd", quantity)).exitCode() == 0) {
                accepted.add(pod);
            }
            String claim = "claim-" + when + "-" + i;
            if (create(sandbox, child("v1", "PersistentVolumeClaim", claim, """
                            {"accessModes":["ReadWriteOnce"],"storageClassName":"none",\
                            "resources":{"requests":{"storage":"%s"}}}""".formatted(quantity)))
                            .exitCode()
                    == 0) {
                accepted.add(claim);
            }
        }
        for (Map.Entry<String, String> odd : Map.of(
                        "job-" + when,
                        child("batch/v1", "Job", "job-" + when, """
                        {"suspend":true,"backoffLimit":2147483647,"activeDeadlineSeconds":9223372036854775807,\
                        "ttlSecondsAfterFinished":2147483647,"template":%s}""".formatted(template("Never"))),
                        "deployment-" + when,
                        child("apps/v1", "Deployment", "deployment-" + when, """
                        {"replicas":0,"progressDeadlineSeconds":2147483647,"revisionHistoryLimit":2147483647,\
                        "strategy":{"rollingUpdate":{"maxSurge":2147483647,"maxUnavailable":"100%%"}},\
                        "selector":{"matchLabels":{"a":"b"}},"template":%s}""".formatted(template("Always"))),
                        "service-" + when,
                        child("v1", "Service", "service-" + when, """
                        {"ports":[{"port":65535,"targetPort":"a-name"}],"sessionAffinity":"ClientIP",\
                        "sessionAffinityConfig":{"clientIP":{"timeoutSeconds":86400}}}"""),
                        "secret-" + when,
                        child("v1", "Secret", "secret-" + when, "null")
                                .replace("\"spec\":null", "\"data\":{\"none\":null,\"empty\":\"\"}"))
                .entrySet()) {
            if (create(sandbox, odd.getValue()).exitCode() == 0) {
                accepted.add(odd.getKey());
            }
        }
        sandbox.kubectl()
                .run(
                        "patch",
                        "deployment",
                        "deployment-" + when,
                        "--subresource=status",
                        "--type=merge",
                        "--patch={\"status\":{\"conditions\":[{\"type\":\"Odd\",\"status\":\"True\","
                                + "\"lastUpdateTime\":\"0000-01-01T00:00:00Z\","
                                + "\"lastTransitionTime\":\"9999-12-31T23:59:59Z\"}]}}");
        return accepted;
    }

    private static Kubectl.Outcome create(Sandbox sandbox, String json) {
        return sandbox.kubectl().runWithInput(json, "create", "--validate=false", "--filename=-");
    }

    private static String pod(String name, String mysql, String limit) {
        return child("v1", "Pod", name, """
                {"nodeSelector":{"no":"node"},"securityContext":{"runAsNonRoot":true,"runAsUser":999,\
                "seccompProfile":{"type":"RuntimeDefault"}},"containers":[{"name":"c","image":"mysql:9.7",\
                "resources":{"limits":{"cpu":"%s"}},"securityContext":{"allowPrivilegeEscalation":false,\
                "capabilities":{"drop":["ALL"]}}}]}""".formatted(limit))
                .replace("\"otus.homework/mysql\":\"odd\"", "\"otus.homework/mysql\":\"" + mysql + "\"");
    }

    private static String template(String restartPolicy) {
        return """
                {"metadata":{"labels":{"a":"b"}},"spec":{"restartPolicy":"%s",\
                "containers":[{"name":"c","image":"mysql:9.7"}]}}""".formatted(restartPolicy);
    }

    private static String child(String apiVersion, String kind, String name, String spec) {
        return """
                {"apiVersion":"%s","kind":"%s","metadata":{"name":"%s","labels":{\
                "app.kubernetes.io/managed-by":"mysql-operator","otus.homework/mysql":"odd"}},"spec":%s}""".formatted(apiVersion, kind, name, spec);
    }

    private static long lists(Succession operators, String plural) {
        return operators.reads().stream()
                .filter(call -> call.verb().equals("list") && call.resource().equals(plural))
                .count();
    }

    private static void patchDefinition(String patch) {
        cluster("patch", "crd/mysqls.otus.homework", "--type=json", "--patch=" + patch);
    }

    private static String cluster(String... arguments) {
        return Cluster.current().kubectl().run(arguments).orFail();
    }
}
