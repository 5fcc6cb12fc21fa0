package homework.otus.mysql.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/**
 * Adds a container to every Pod of a namespace, as a service mesh does, that never ends by itself: in a Job's Pod not even
 * when it is asked to, in the server's with an error.
 */
public final class Mesh implements AutoCloseable {
    /** The container's name. */
    public static final String CONTAINER = "proxy";

    private final String namespace;

    private Mesh(String namespace) {
        this.namespace = namespace;
    }

    /** In force when it returns. */
    public static Mesh in(String namespace) {
        Mesh mesh = new Mesh(namespace);
        mesh.kubectl("apply", "--filename=-").orFail();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> Cluster.current()
                        .kubectl("--namespace", namespace)
                        .runWithInput(PROBE, "create", "--dry-run=server", "--output=yaml", "--filename=-")
                        .orFail()
                        .contains("name: " + CONTAINER));
        return mesh;
    }

    @Override
    public void close() {
        kubectl("delete", "--ignore-not-found", "--filename=-");
    }

    private Kubectl.Outcome kubectl(String... command) {
        return Cluster.current().kubectl().runWithInput(POLICY.replace("NAMESPACE", namespace), command);
    }

    private static final String PROBE = """
            apiVersion: v1
            kind: Pod
            metadata:
              name: probe
              labels: {app.kubernetes.io/component: backup}
            spec:
              securityContext: {runAsNonRoot: true, runAsUser: 999, seccompProfile: {type: RuntimeDefault}}
              containers:
                - name: job
                  image: mysql:9.7
                  securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
            """;

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
                  - apiGroups: [""]
                    apiVersions: ["v1"]
                    operations: ["CREATE"]
                    resources: ["pods"]
              variables:
                - name: server
                  expression: object.metadata.labels['app.kubernetes.io/component'] == 'server'
              mutations:
                - patchType: JSONPatch
                  jsonPatch:
                    expression: >
                      [JSONPatch{op: "add", path: "/spec/containers/-", value: Object.spec.containers{
                         name: "proxy",
                         image: "mysql:9.7",
                         command: variables.server
                           ? ["sh", "-c", "trap 'exit 1' TERM; while :; do sleep 1; done"]
                           : ["sleep", "infinity"],
                         resources: Object.spec.containers.resources{limits: {"memory": "32Mi"}},
                         securityContext: Object.spec.containers.securityContext{
                           allowPrivilegeEscalation: false,
                           capabilities: Object.spec.containers.securityContext.capabilities{drop: ["ALL"]}}}},
                       JSONPatch{op: "replace", path: "/spec/terminationGracePeriodSeconds", value:
                         variables.server ? object.spec.terminationGracePeriodSeconds : 5}]
            ---
            apiVersion: admissionregistration.k8s.io/v1beta1
            kind: MutatingAdmissionPolicyBinding
            metadata:
              name: NAMESPACE
            spec:
              policyName: NAMESPACE
            """;
}
