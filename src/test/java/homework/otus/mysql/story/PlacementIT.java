package homework.otus.mysql.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.Kubectl;
import homework.otus.mysql.testing.OnInstalledOperator;
import homework.otus.mysql.testing.ThrowawayNamespace;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Under any name, and on whatever storage the cluster has. */
@OnInstalledOperator
class PlacementIT {
    @RegisterExtension
    static final ThrowawayNamespace NAMESPACE = new ThrowawayNamespace();

    @ParameterizedTest
    @Execution(CONCURRENT)
    @ValueSource(strings = {"a", "a-database-whose-name-is-forty-seven-characters"})
    void aNameAtItsLimitsLivesAWholeLife(String name) {
        Database database = database(name).create().awaitReady().insert("kept");
        assertThat(database.message()).isEqualTo(name + " created without restore-job");
        database.delete().awaitGone();
        assertThat(database.create().awaitReady().rows()).containsExactly("kept");
        assertThat(database.message()).isEqualTo(name + " created with restore-job");
        database.delete().awaitGone();
    }

    @Test
    @Execution(CONCURRENT)
    void aStorageClassThatDoesNotExistIsWaitedFor() {
        String later = NAMESPACE.name();
        Database never =
                database("never").with("storageClassName", "no-such-class").create();
        Database waiting = database("waiting").with("storageClassName", later).create();
        assertThat(never.awaitReason("Ready", "Unschedulable").message())
                .contains("never-pvc of storage class no-such-class: ", "not found");
        never.delete().awaitGone();

        waiting.awaitReason("Ready", "Unschedulable");
        String provisioner = waiting.read("storageclass/standard", "{.provisioner}");
        kubectl()
                .runWithInput("""
                        apiVersion: storage.k8s.io/v1
                        kind: StorageClass
                        metadata: {name: %s}
                        provisioner: %s
                        """.formatted(later, provisioner), "create", "-f", "-")
                .orFail();
        waiting.awaitReady().delete().awaitGone();
        kubectl().run("delete", "storageclass", later).orFail();
    }

    @Test
    @Execution(CONCURRENT)
    void bothClaimsThatWaitForAConsumerAreBoundInOnePlace() {
        Database database = database("placed")
                .with("storageClassName", "wait-for-consumer")
                .with("backup", Map.of("storageClassName", "wait-for-consumer"))
                .create()
                .awaitReady()
                .insert("kept");
        assertThat(database.read("pvc/" + database.dataClaim(), PLACE))
                .isEqualTo(database.read("pvc/" + database.backupClaim(), PLACE))
                .matches("wait-for-consumer \\S+");
        database.delete().awaitGone();
        assertThat(database.create().awaitReady().rows()).containsExactly("kept");
    }

    private static final String PLACE =
            "{.spec.storageClassName} {.metadata.annotations.volume\\.kubernetes\\.io/selected-node}";

    private static Database database(String name) {
        return Database.in(kubectl(), name);
    }

    private static Kubectl kubectl() {
        return NAMESPACE.kubectl();
    }
}
