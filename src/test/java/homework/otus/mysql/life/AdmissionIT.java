package homework.otus.mysql.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import homework.otus.mysql.testing.ApiCall;
import homework.otus.mysql.testing.Cluster;
import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.InProcessOperator;
import homework.otus.mysql.testing.Sandbox;
import homework.otus.mysql.testing.Sandbox.Kind;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Admission policies make something else of what the operator asks for: that is no drift, and no change of the image. */
class AdmissionIT {
    @Test
    void whatAPolicyRewritesIsMadeOnceAndLeftAlone() {
        try (Sandbox sandbox = Sandbox.create("admission")) {
            String namespace = sandbox.namespace();
            Cluster.current()
                    .kubectl()
                    .runWithInput(POLICY.replace("NAMESPACE", namespace), "apply", "--filename=-")
                    .orFail();
            try (InProcessOperator operator =
                    InProcessOperator.start(namespace, Map.of("operator.resync-period", "5s"))) {
                Database database = Database.in(sandbox.kubectl(), "db")
                        .with("resources", Map.of("requests", Map.of("cpu", "20m")))
                        .create();
                database.awaitServing("db created without restore-job");
                database.awaitReason("SpecApplied", "Applied");
                String pod = database.pod();
                assertThat(database.read("deployment/db", "{.spec.template.spec.containers[0].image}"))
                        .isEqualTo("mysql:9.7.4");
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
                assertThat(database.pod()).isEqualTo(pod);
                assertThat(sandbox.names(Kind.JOB)).isEmpty();
                assertThat(database.condition("SpecApplied").reason()).isEqualTo("Applied");
            } finally {
                delete(POLICY, namespace);
            }
        }
    }

    @Test
    void aSecondServerThatAPolicyAsksForIsToldAndNeverServes() {
        try (Sandbox sandbox = Sandbox.create("replicas")) {
            String namespace = sandbox.namespace();
            try (InProcessOperator operator =
                    InProcessOperator.start(namespace, Map.of("operator.resync-period", "5s"))) {
                Database database =
                        Database.in(sandbox.kubectl(), "db").create().awaitReady();
                database.awaitReason("SpecApplied", "Applied");
                Cluster.current()
                        .kubectl()
                        .runWithInput(TWO_SERVERS.replace("NAMESPACE", namespace), "apply", "--filename=-")
                        .orFail();
                // The API server takes up a policy a moment later.
                await().until(() -> sandbox.kubectl()
                        .run(
                                "annotate",
                                "deployment/db",
                                "any=thing",
                                "--dry-run=server",
                                "--output=jsonpath={.spec.replicas}")
                        .orFail()
                        .equals("2"));
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
                assertThat(sandbox.names(Kind.JOB)).isEmpty();
            } finally {
                delete(TWO_SERVERS, namespace);
            }
        }
    }

    /** Though all is planned every few seconds. */
    private static void assertNoWrites(InProcessOperator operator) {
        long before = writes(operator);
        await().pollDelay(Duration.ofSeconds(15))
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(writes(operator)).isEqualTo(before));
    }

    private static void delete(String policy, String namespace) {
        Cluster.current()
                .kubectl()
                .runWithInput(policy.replace("NAMESPACE", namespace), "delete", "--ignore-not-found", "--filename=-");
    }

    private static long writes(InProcessOperator operator) {
        return operator.calls().stream().filter(ApiCall::isWrite).count();
    }

    private static final String POLICY = """
            apiVersion: admissionregistration.k8s.io/v1beta1
            kind: MutatingAdmissionPolicy
            metadata:
              name: NAMESPACE
            spec:
              failurePolicy: Fail
              reinvocationPolicy: Never
              matchConstraints:
                namespaceSelector:
                  matchLabels:
                    kubernetes.io/metadata.name: NAMESPACE
                resourceRules:
                  - apiGroups: ["apps", "", "batch"]
                    apiVersions: ["v1"]
                    operations: ["CREATE", "UPDATE"]
                    resources: ["deployments", "services", "secrets", "jobs"]
              mutations:
                - patchType: ApplyConfiguration
                  applyConfiguration:
                    expression: 'Object{metadata: Object.metadata{labels: {"policy": "label"}}}'
            ---
            apiVersion: admissionregistration.k8s.io/v1beta1
            kind: MutatingAdmissionPolicyBinding
            metadata:
              name: NAMESPACE
            spec:
              policyName: NAMESPACE
            ---
            apiVersion: admissionregistration.k8s.io/v1beta1
            kind: MutatingAdmissionPolicy
            metadata:
              name: NAMESPACE-server
            spec:
              failurePolicy: Fail
              reinvocationPolicy: Never
              matchConstraints:
                namespaceSelector:
                  matchLabels:
                    kubernetes.io/metadata.name: NAMESPACE
                resourceRules:
                  - apiGroups: ["apps"]
                    apiVersions: ["v1"]
                    operations: ["CREATE", "UPDATE"]
                    resources: ["deployments"]
              mutations:
                - patchType: JSONPatch
                  jsonPatch:
                    expression: >
                      [JSONPatch{op: "replace", path: "/spec/template/spec/containers/0/image", value: "mysql:9.7.4"},
                       JSONPatch{op: "add", path: "/spec/template/spec/tolerations", value: [{"key": "pool", "operator": "Exists"}]},
                       JSONPatch{op: "replace", path: "/spec/template/spec/containers/0/resources/requests/cpu", value: "10m"},
                       JSONPatch{op: "replace", path: "/spec/template/spec/securityContext/fsGroupChangePolicy", value: "Always"},
                       JSONPatch{op: "replace", path: "/spec/template/spec/terminationGracePeriodSeconds", value: 60},
                       JSONPatch{op: "replace", path: "/spec/template/spec/containers/0/args/0", value: "--datadir=/var/lib/mysql/"}]
            ---
            apiVersion: admissionregistration.k8s.io/v1beta1
            kind: MutatingAdmissionPolicyBinding
            metadata:
              name: NAMESPACE-server
            spec:
              policyName: NAMESPACE-server
            ---
            apiVersion: admissionregistration.k8s.io/v1beta1
            kind: MutatingAdmissionPolicy
            metadata:
              name: NAMESPACE-secret
            spec:
              failurePolicy: Fail
              reinvocationPolicy: Never
              matchConstraints:
                namespaceSelector:
                  matchLabels:
                    kubernetes.io/metadata.name: NAMESPACE
                resourceRules:
                  - apiGroups: [""]
                    apiVersions: ["v1"]
                    operations: ["CREATE", "UPDATE"]
                    resources: ["secrets"]
                    resourceNames: ["db-credentials"]
              mutations:
                - patchType: JSONPatch
                  jsonPatch:
                    expression: >
                      [JSONPatch{op: "add", path: "/data/policy", value: "eA=="},
                       JSONPatch{op: "replace", path: "/data/my.cnf", value: "W2NsaWVudF0KdXNlcj1yb290CiMgYSBwb2xpY3kK"}]
            ---
            apiVersion: admissionregistration.k8s.io/v1beta1
            kind: MutatingAdmissionPolicyBinding
            metadata:
              name: NAMESPACE-secret
            spec:
              policyName: NAMESPACE-secret
            """;

    private static final String TWO_SERVERS = """
            apiVersion: admissionregistration.k8s.io/v1beta1
            kind: MutatingAdmissionPolicy
            metadata:
              name: NAMESPACE
            spec:
              failurePolicy: Fail
              reinvocationPolicy: Never
              matchConstraints:
                namespaceSelector:
                  matchLabels:
                    kubernetes.io/metadata.name: NAMESPACE
                resourceRules:
                  - apiGroups: ["apps"]
                    apiVersions: ["v1"]
                    operations: ["CREATE", "UPDATE"]
                    resources: ["deployments"]
              mutations:
                - patchType: JSONPatch
                  jsonPatch:
                    expression: '[JSONPatch{op: "replace", path: "/spec/replicas", value: 2}]'
            ---
            apiVersion: admissionregistration.k8s.io/v1beta1
            kind: MutatingAdmissionPolicyBinding
            metadata:
              name: NAMESPACE
            spec:
              policyName: NAMESPACE
            """;
}
