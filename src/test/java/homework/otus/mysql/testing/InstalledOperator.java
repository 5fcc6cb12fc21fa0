package homework.otus.mysql.testing;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The operator, installed the way users install it. It stays for the next test class. */
public final class InstalledOperator implements BeforeAllCallback {
    public static final String NAMESPACE = "mysql-operator";
    private static final String DEPLOYMENT = "deployment/mysql-operator";
    public static final String SELECTOR = "app.kubernetes.io/name=mysql-operator";

    @Override
    public void beforeAll(ExtensionContext context) {
        // Classes begin side by side, and kubectl apply loses the race for an object that is new.
        synchronized (InstalledOperator.class) {
            install(context);
        }
    }

    private static void install(ExtensionContext context) {
        Kubectl kubectl = Cluster.current().kubectl();
        String manifests =
                kubectl.run("kustomize", "kustomize/overlays/minikube").orFail();
        kubectl.runWithInput(manifests, "apply", "-f", "-").orFail();
        // The image's tag stays the same when the image changes: a cluster that was up already may run an older one.
        context.getRoot()
                .getStore(ExtensionContext.Namespace.create(InstalledOperator.class))
                .getOrComputeIfAbsent(
                        "restarted",
                        key -> kubectl().run("rollout", "restart", DEPLOYMENT).orFail());
        scale(1);
    }

    /** Waits until so many replicas are ready, and no other is left. */
    public static void scale(int replicas) {
        Kubectl kubectl = kubectl();
        kubectl.run("scale", DEPLOYMENT, "--replicas=" + replicas).orFail();
        if (replicas == 0) {
            kubectl.run("wait", "--for=delete", "pod", "--selector=" + SELECTOR, "--timeout=120s")
                    .orFail();
        } else {
            kubectl.run("rollout", "status", DEPLOYMENT, "--timeout=120s").orFail();
        }
    }

    /** {@code kubectl} in the operator's namespace. */
    public static Kubectl kubectl() {
        return Cluster.current().kubectl("--namespace", NAMESPACE);
    }
}
