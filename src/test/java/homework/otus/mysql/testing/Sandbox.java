package homework.otus.mysql.testing;

import com.google.gson.JsonObject;
import homework.otus.mysql.kube.K8sJson;
import io.kubernetes.client.common.KubernetesType;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.Config;
import io.kubernetes.client.util.generic.KubernetesApiResponse;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesApi;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A namespace of one test's own, under Pod Security {@code restricted}, where no operator works but those that the test
 * starts.
 */
public final class Sandbox implements AutoCloseable {
    static {
        // Once, and before any client: the dynamic clients below add to it, which another installation would undo.
        K8sJson.install();
    }

    private static final ApiClient CLIENT = client();

    private final String namespace;

    private Sandbox(String namespace) {
        this.namespace = namespace;
    }

    /**
     * Makes one, and stops an operator that is installed, for that serves all namespaces; who needs it scales it up again.
     *
     * @param title what its name begins with: lower case letters, digits and hyphens
     */
    public static Sandbox create(String title) {
        clear();
        Sandbox sandbox = new Sandbox(title + "-" + UUID.randomUUID().toString().substring(0, 8));
        sandbox.kubectl()
                .runWithInput("""
            apiVersion: v1
            kind: Namespace
            metadata:
              name: %s
              labels:
                pod-security.kubernetes.io/enforce: restricted
            """.formatted(sandbox.namespace), "create", "--filename=-")
                .orFail();
        return sandbox;
    }

    /** Leaves the resource's definition and no operator but those that tests start. */
    public static void clear() {
        Definition.install();
        if (deployedReplicas() > 0) {
            InstalledOperator.scale(0);
        }
    }

    public String namespace() {
        return namespace;
    }

    public Kubectl kubectl() {
        return Cluster.current().kubectl("--namespace", namespace);
    }

    public Optional<DynamicKubernetesObject> find(Kind kind, String name) {
        KubernetesApiResponse<DynamicKubernetesObject> response = api(kind).get(namespace, name);
        if (response.getHttpStatusCode() == 404) {
            return Optional.empty();
        }
        return Optional.of(successful(response).getObject());
    }

    /** As {@link #find}, but it has to be there. */
    public DynamicKubernetesObject get(Kind kind, String name) {
        return find(kind, name).orElseThrow(() -> new AssertionError(kind + " " + name + " is not there"));
    }

    public List<DynamicKubernetesObject> list(Kind kind) {
        return successful(api(kind).list(namespace)).getObject().getItems();
    }

    public List<String> names(Kind kind) {
        return list(kind).stream()
                .map(object -> object.getMetadata().getName())
                .sorted()
                .toList();
    }

    public static Optional<JsonObject> status(DynamicKubernetesObject object) {
        return Optional.ofNullable(object.getRaw().getAsJsonObject("status"));
    }

    /** Doesn't wait for the end. No operator is needed: what finalizers guard in here is nobody's treasure. */
    @Override
    public void close() {
        for (Kind kind : List.of(Kind.MYSQL, Kind.CLAIM)) {
            for (String name : names(kind)) {
                kubectl()
                        .run(
                                "patch",
                                kind.plural(),
                                name,
                                "--type=merge",
                                "--patch={\"metadata\":{\"finalizers\":null}}");
            }
        }
        kubectl().run("delete", "namespace", namespace, "--wait=false").orFail();
    }

    private static int deployedReplicas() {
        return Optional.ofNullable(api(Kind.DEPLOYMENT)
                        .get("mysql-operator", "mysql-operator")
                        .getObject())
                .map(deployment -> deployment.getRaw().getAsJsonObject("spec"))
                .map(spec -> spec.get("replicas").getAsInt())
                .orElse(0);
    }

    private static DynamicKubernetesApi api(Kind kind) {
        return new DynamicKubernetesApi(kind.group(), "v1", kind.plural(), CLIENT);
    }

    private static <T extends KubernetesType> KubernetesApiResponse<T> successful(KubernetesApiResponse<T> response) {
        if (!response.isSuccess()) {
            throw new AssertionError("HTTP " + response.getHttpStatusCode() + " " + response.getStatus());
        }
        return response;
    }

    private static ApiClient client() {
        try {
            return Config.fromConfig(Cluster.current().kubeconfig().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The resources that a database consists of. */
    public enum Kind {
        MYSQL("otus.homework", "mysqls"),
        CLAIM("", "persistentvolumeclaims"),
        SECRET("", "secrets"),
        SERVICE("", "services"),
        POD("", "pods"),
        DEPLOYMENT("apps", "deployments"),
        JOB("batch", "jobs");

        private final String group;
        private final String plural;

        Kind(String group, String plural) {
            this.group = group;
            this.plural = plural;
        }

        String group() {
            return group;
        }

        public String plural() {
            return plural;
        }
    }
}
