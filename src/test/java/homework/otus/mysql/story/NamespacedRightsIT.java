package homework.otus.mysql.story;

import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.testing.AuditLog;
import homework.otus.mysql.testing.Cluster;
import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.InstalledOperator;
import homework.otus.mysql.testing.Kubectl;
import homework.otus.mysql.testing.OnInstalledOperator;
import homework.otus.mysql.testing.Runbook;
import homework.otus.mysql.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** An operator that serves one namespace lives a whole life with rights in that one alone. */
@Isolated
@OnInstalledOperator
class NamespacedRightsIT {
    private static final Path OVERLAY = Path.of("kustomize/overlays/shop");

    @RegisterExtension
    static final Shell USER = new Shell();

    @AfterAll
    static void serveAllAgain() throws IOException {
        Files.deleteIfExists(OVERLAY.resolve("kustomization.yaml"));
        Files.deleteIfExists(OVERLAY);
        Kubectl kubectl = Cluster.current().kubectl();
        kubectl.runWithInput(
                        kubectl.run("kustomize", "kustomize/overlays/minikube").orFail(), "apply", "-f", "-")
                .orFail();
        kubectl.run("delete", "role,rolebinding", "mysql-operator", "--namespace=default")
                .orFail();
        InstalledOperator.scale(1);
    }

    @Test
    void aWholeLifeNeedsNoRightElsewhere() {
        String commands = Runbook.commands(Path.of("docs/operations.md"), "Serving some namespaces")
                .get(0)
                .replace("value: shop", "value: " + USER.namespace())
                .replace("-n shop", "-n " + USER.namespace());
        USER.type(commands).orFail();
        Cluster.current()
                .kubectl()
                .run("delete", "clusterrolebinding", "mysql-operator")
                .orFail();
        InstalledOperator.scale(1);
        Instant start = Instant.now();

        assertThat(may("list", "secrets", USER.namespace())).isEqualTo("yes");
        assertThat(may("list", "secrets", "kube-system")).isEqualTo("no");
        assertThat(may("get", "persistentvolumeclaims", "default")).isEqualTo("no");

        Database database = Database.in(USER.kubectl(), "db").create();
        database.awaitServing("db created without restore-job");
        database.insert("kept").delete().awaitGone();
        database.create().awaitServing("db created with restore-job");
        assertThat(database.rows()).containsExactly("kept");
        database.patch("{\"spec\":{\"password\":\"newpass\"}}");
        database.awaitReason("PasswordSynced", "PasswordChanged");
        database.delete().awaitGone();

        assertThat(AuditLog.ofOperator(start))
                .isNotEmpty()
                .filteredOn(call -> !call.authorized())
                .isEmpty();
    }

    private static String may(String verb, String resource, String namespace) {
        return Cluster.current()
                .kubectl("--namespace", namespace, "--as=system:serviceaccount:mysql-operator:mysql-operator")
                .run("auth", "can-i", verb, resource)
                .output()
                .strip();
    }
}
