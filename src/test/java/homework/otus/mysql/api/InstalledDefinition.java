package homework.otus.mysql.api;

import homework.otus.mysql.testing.Cluster;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The checkout's resource definition on the test cluster, before the tests of a class. */
final class InstalledDefinition implements BeforeAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        var kubectl = Cluster.current().kubectl();
        kubectl.run("apply", "--kustomize=kustomize/base/crd").orFail();
        kubectl.run("wait", "--for=condition=Established", "crd/mysqls.otus.homework", "--timeout=30s")
                .orFail();
    }
}
