package homework.otus.mysql.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;
import static org.junit.jupiter.api.parallel.ResourceAccessMode.READ;

import homework.otus.mysql.testing.Cluster;
import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.Kubectl;
import homework.otus.mysql.testing.OnInstalledOperator;
import homework.otus.mysql.testing.ThrowawayNamespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Under any name, and on whatever storage the cluster has. */
@Isolated("Changes which storage class is the default")
@OnInstalledOperator
class PlacementIT {
    @RegisterExtension
    static final ThrowawayNamespace NAMESPACE = new ThrowawayNamespace();

    private static final String DEFAULT = "storageclass.kubernetes.io/is-default-class=";

    @AfterEach
    void makeStandardTheDefaultAgain() {
        setDefault("wait-for-consumer", false);
        setDefault("standard", true);
    }

    @ParameterizedTest
    @Execution(CONCURRENT)
    @ResourceLock(value = DEFAULT, mode = READ)
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
    @ResourceLock(DEFAULT)
    void aDatabaseWithoutAStorageClassWaitsForOne() {
        setDefault("standard", false);
        Database never = database("never").create();
        assertThat(never.awaitReason("Ready", "Unschedulable").message()).contains("kubectl get pvc");
        never.delete().awaitGone();

        Database waiting = database("waiting").create();
        waiting.awaitReason("Ready", "Unschedulable");
        setDefault("standard", true);
        waiting.awaitReady().delete().awaitGone();
    }

    @Test
    @ResourceLock(DEFAULT)
    void bothClaimsThatWaitForAConsumerAreBoundInOnePlace() {
        setDefault("standard", false);
        setDefault("wait-for-consumer", true);
        Database database = database("placed").create().awaitReady().insert("kept");
        assertThat(database.read("pvc/" + database.dataClaim(), PLACE))
                .isEqualTo(database.read("pvc/" + database.backupClaim(), PLACE))
                .matches("wait-for-consumer \\S+");
        database.delete().awaitGone();
        assertThat(database.create().awaitReady().rows()).containsExactly("kept");
    }

    private static final String PLACE =
            "{.spec.storageClassName} {.metadata.annotations.volume\\.kubernetes\\.io/selected-node}";

    private static void setDefault(String storageClass, boolean isDefault) {
        Kubectl kubectl = Cluster.current().kubectl();
        kubectl.run("annotate", "--overwrite", "storageclass", storageClass, DEFAULT + isDefault)
                .orFail();
    }

    private static Database database(String name) {
        return Database.in(NAMESPACE.kubectl(), name);
    }
}
