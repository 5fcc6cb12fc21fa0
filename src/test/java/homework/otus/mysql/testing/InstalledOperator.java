package homework.otus.mysql.testing;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The operator, installed the way users install it. It stays for the next test class. */
public final class InstalledOperator implements BeforeAllCallback {
    public static final String NAMESPACE = "mysql-operator";

    @Override
    public void beforeAll(ExtensionContext context) {
        Kubectl kubectl = Cluster.current().kubectl();
        String manifests =
                kubectl.run("kustomize", "kustomize/overlays/minikube").orFail();
        kubectl.runWithInput(manifests, "apply", "-f", "-").orFail();
        kubectl.run("-n", NAMESPACE, "scale", "deployment/mysql-operator", "--replicas=1")
                .orFail();
        kubectl.run("-n", NAMESPACE, "rollout", "status", "deployment/mysql-operator", "--timeout=120s")
                .orFail();
    }
}
