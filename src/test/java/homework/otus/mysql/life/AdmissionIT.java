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
                Database database = Database.in(sandbox.kubectl(), "db").create();
                database.awaitServing("db created without restore-job");
                database.awaitReason("SpecApplied", "Applied");
                String pod = database.pod();
                assertThat(database.read("deployment/db", "{.spec.template.spec.containers[0].image}"))
                        .isEqualTo("mysql:9.7.4");
                long before = writes(operator);
                await().pollDelay(Duration.ofSeconds(15))
                        .atMost(Duration.ofSeconds(20))
                        .untilAsserted(() -> assertThat(writes(operator)).isEqualTo(before));
                assertThat(database.pod()).isEqualTo(pod);
                assertThat(sandbox.names(Kind.JOB)).isEmpty();
                assertThat(database.condition("SpecApplied").reason()).isEqualTo("Applied");
            } finally {
                Cluster.current()
                        .kubectl()
                        .runWithInput(
                                POLICY.replace("NAMESPACE", namespace), "delete", "--ignore-not-found", "--filename=-");
            }
        }
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
                       JSONPatch{op: "replace", path: "/spec/template/spec/terminationGracePeriodSeconds", value: 60},
                       JSONPatch{op: "replace", path: "/spec/template/spec/containers/0/args/0", value: "--datadir=/var/lib/mysql/"}]
            ---
            apiVersion: admissionregistration.k8s.io/v1beta1
            kind: MutatingAdmissionPolicyBinding
            metadata:
              name: NAMESPACE-server
            spec:
              policyName: NAMESPACE-server
            """;
}
