package homework.otus.mysql.testing;

import static java.util.stream.Collectors.joining;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What admission makes of the objects of one namespace, as mutating policies: a mesh, a registry's mirror, a hardening rule.
 * In force from {@link #enforce} until {@link #close} has returned.
 */
public final class AdmissionPolicy implements AutoCloseable {
    /** The API server takes up all policies at a time, so once it knows this one, which is the last, it knows the others. */
    private static final Mutation LAST = new Mutation(
            "/configmaps",
            "CREATE",
            "true",
            add("/metadata/labels", "{'" + AdmissionPolicy.class.getSimpleName() + "': 'in-force'}"));

    private final String namespace;
    private final List<Mutation> mutations = new ArrayList<>();

    private AdmissionPolicy(String namespace) {
        this.namespace = namespace;
    }

    public static AdmissionPolicy in(String namespace) {
        return new AdmissionPolicy(namespace);
    }

    /**
     * @param resource group and plural, {@code apps/deployments}, or {@code /secrets}; created or updated
     * @param condition CEL, of which objects
     * @param patches as {@link #add} and {@link #replace} make them
     */
    public AdmissionPolicy mutate(String resource, String condition, String... patches) {
        mutations.add(new Mutation(resource, "CREATE, UPDATE", condition, String.join(",\n", patches)));
        return this;
    }

    /** A Pod can't be given a container by an update. */
    public AdmissionPolicy mutateNew(String resource, String condition, String... patches) {
        mutations.add(new Mutation(resource, "CREATE", condition, String.join(",\n", patches)));
        return this;
    }

    /** @param value CEL */
    public static String add(String path, String value) {
        return patch("add", path, value);
    }

    /** @param value CEL */
    public static String replace(String path, String value) {
        return patch("replace", path, value);
    }

    public AdmissionPolicy enforce() {
        kubectl(yaml(), "apply", "--filename=-").orFail();
        awaitInForce(true);
        return this;
    }

    @Override
    public void close() {
        kubectl(yaml(), "delete", "--ignore-not-found", "--filename=-").orFail();
        awaitInForce(false);
    }

    private void awaitInForce(boolean is) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> Cluster.current()
                                .kubectl("--namespace", namespace)
                                .run("create", "configmap", "probe", "--dry-run=server", "--output=yaml")
                                .orFail()
                                .contains("in-force")
                        == is);
    }

    private String yaml() {
        List<Mutation> all = Stream.concat(mutations.stream(), Stream.of(LAST)).toList();
        return IntStream.range(0, all.size())
                .mapToObj(i -> all.get(i).yaml(namespace, namespace + "-" + i))
                .collect(joining());
    }

    private static Kubectl.Outcome kubectl(String input, String... command) {
        return Cluster.current().kubectl().runWithInput(input, command);
    }

    private static String patch(String operation, String path, String value) {
        return "JSONPatch{op: \"%s\", path: \"%s\", value: %s}".formatted(operation, path, value);
    }

    private record Mutation(String resource, String operations, String condition, String patches) {
        String yaml(String namespace, String name) {
            String[] groupAndPlural = resource.split("/", -1);
            return """
                    ---
                    apiVersion: admissionregistration.k8s.io/v1beta1
                    kind: MutatingAdmissionPolicy
                    metadata:
                      name: %2$s
                    spec:
                      failurePolicy: Fail
                      reinvocationPolicy: Never
                      matchConstraints:
                        namespaceSelector:
                          matchLabels:
                            kubernetes.io/metadata.name: %1$s
                        resourceRules:
                          - apiGroups: ["%3$s"]
                            apiVersions: ["v1"]
                            operations: [%5$s]
                            resources: ["%4$s"]
                      matchConditions:
                        - name: of-these
                          expression: |
                    %6$s
                      mutations:
                        - patchType: JSONPatch
                          jsonPatch:
                            expression: |
                    %7$s
                    ---
                    apiVersion: admissionregistration.k8s.io/v1beta1
                    kind: MutatingAdmissionPolicyBinding
                    metadata:
                      name: %2$s
                    spec:
                      policyName: %2$s
                    """.formatted(
                            namespace,
                            name,
                            groupAndPlural[0],
                            groupAndPlural[1],
                            operations,
                            condition.indent(20).stripTrailing(),
                            ("[" + patches + "]").indent(20).stripTrailing());
        }
    }
}
