package homework.otus.mysql.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import homework.otus.mysql.testing.Cluster;
import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.Kubectl;
import homework.otus.mysql.testing.Node;
import homework.otus.mysql.testing.OnInstalledOperator;
import homework.otus.mysql.testing.ThrowawayNamespace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A namespace that is deleted goes away with the databases in it, however far they are. */
@OnInstalledOperator
class NamespaceIT {
    @RegisterExtension
    static final ThrowawayNamespace NAMESPACE = new ThrowawayNamespace();

    @Test
    void goesAwayWithItsDatabasesAndTellsSo() {
        Kubectl kubectl = NAMESPACE.kubectl();
        Database failing = Database.in(kubectl, "failing").create();
        Database serving = Database.in(kubectl, "serving").create();
        Database serverless =
                Database.in(kubectl, "serverless").withImage("mysql:0.0.1").create();
        failing.awaitReady();
        Path archives = Node.volume(kubectl, failing.backupClaim());
        Node.remount(archives, "ro");
        failing.delete().awaitReason("BackupSucceeded", "BackupFailed");
        serving.awaitReady();
        serverless.awaitReason("Ready", "ImagePullFailed");
        Database young = Database.in(kubectl, "young").create();

        kubectl.run("delete", "namespace", NAMESPACE.name(), "--timeout=180s").orFail();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(events())
                        .allSatisfy(event -> assertThat(event).contains("without a final backup"))
                        .extracting(event -> event.split(" ")[1])
                        .containsExactlyInAnyOrder(failing.name(), serving.name(), serverless.name(), young.name()));
    }

    private static List<String> events() {
        return Cluster.current()
                .kubectl("--namespace=default")
                .run(
                        "get",
                        "events.events.k8s.io",
                        "--field-selector=regarding.kind=Namespace,regarding.name=" + NAMESPACE.name(),
                        "--output=jsonpath={range .items[*]}{.note}{\"\\n\"}{end}")
                .orFail()
                .lines()
                .toList();
    }
}
