package homework.otus.mysql.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.Kubectl;
import homework.otus.mysql.testing.OnInstalledOperator;
import homework.otus.mysql.testing.ThrowawayNamespace;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;

/** What becomes of the data at the end and at the beginning, where the user wants it otherwise. */
@OnInstalledOperator
class PoliciesIT {
    @RegisterExtension
    static final ThrowawayNamespace NAMESPACE = new ThrowawayNamespace();

    @Test
    @Execution(CONCURRENT)
    void aRetainedVolumeIsAdoptedByTheNextOfItsName() {
        Database database = database("retained").with("deletionPolicy", "Retain");
        database.create().awaitReady().insert("kept");
        String claim = database.read("pvc/retained-pvc", "{.metadata.uid}");
        database.delete();
        kubectl().run("wait", "--for=delete", "ms/retained", "--timeout=120s").orFail();
        assertThat(database.read("pvc/retained-pvc", "{.metadata.uid} {.metadata.deletionTimestamp}"))
                .isEqualTo(claim + " ");
        assertThat(database.read("job/backup-retained-job", "{.metadata.name}")).isEmpty();

        assertThat(database.create().awaitReady().rows()).containsExactly("kept");
        assertThat(database.read("pvc/retained-pvc", "{.metadata.uid}")).isEqualTo(claim);
        database.insert("later");
        database.patch("{\"spec\":{\"deletionPolicy\":null}}").delete().awaitGone();
        assertThat(database("retained").create().awaitReady().rows()).containsExactly("kept", "later");
    }

    @Test
    @Execution(CONCURRENT)
    void aRequiredBackupIsWaitedFor() {
        Database database =
                database("required").with("restorePolicy", "Required").create();
        assertThat(database.awaitReason("Ready", "RestoreFailed").message()).contains("restorePolicy");
        assertThat(database.read("deployment/required", "{.metadata.name}")).isEmpty();
        database.patch("{\"spec\":{\"restorePolicy\":\"IfPresent\"}}")
                .awaitReady()
                .insert("kept");
        database.delete().awaitGone();
        assertThat(database.create().awaitReady().rows()).containsExactly("kept");
    }

    @Test
    @Execution(CONCURRENT)
    void anIgnoredBackupStaysWhereItIs() {
        Database database = database("ignored");
        database.create().awaitReady().insert("old").delete().awaitGone();
        Database empty = database.with("restorePolicy", "Never").create().awaitReady();
        assertThat(empty.message()).isEqualTo("ignored created without restore-job");
        assertThat(empty.insert("new").rows()).containsExactly("new");
        empty.delete().awaitGone();
        assertThat(database.create().awaitReady().rows()).containsExactly("new");
    }

    @Test
    @Execution(CONCURRENT)
    void aPausedDatabaseIsLeftAlone() {
        Database database = database("paused").create().awaitReady().insert("kept");
        database.patch("{\"spec\":{\"paused\":true}}").awaitReason("Paused", "Paused");
        database.patch("{\"spec\":{\"password\":\"newpass\"}}");
        kubectl().run("scale", "deployment/paused", "--replicas=0").orFail();
        database.awaitReason("Ready", "Paused");
        kubectl()
                .run("wait", "ms/paused", "--for=condition=Ready=False", "--timeout=60s")
                .orFail();
        database.delete();
        kubectl()
                .run("wait", "--for=jsonpath={.metadata.deletionTimestamp}", "ms/paused", "--timeout=30s")
                .orFail();
        assertThat(database.read("pvc/paused-pvc", "{.metadata.deletionTimestamp}"))
                .isEmpty();
        database.patch("{\"spec\":{\"paused\":false}}").awaitGone();
        assertThat(database.create().awaitReady().rows()).containsExactly("kept");
    }

    @Test
    @Execution(CONCURRENT)
    void asManyBackupsAreKeptAsAskedFor() {
        Database database = database("many").with("backup", Map.of("retain", 1, "storageSize", "600Mi"));
        for (String row : List.of("first", "second")) {
            database.create().awaitReady().insert(row).delete().awaitGone();
        }
        assertThat(database.create().awaitReady().rows()).containsExactly("first", "second");
        assertThat(database.read("pvc/backup-many-pvc", "{.spec.resources.requests.storage}"))
                .isEqualTo("600Mi");
        assertThat(kubectl()
                        .run("get", "job", "backup-many-job", "--output=yaml")
                        .orFail())
                .contains("--keep=1");
    }

    private static Database database(String name) {
        return Database.in(kubectl(), name);
    }

    private static Kubectl kubectl() {
        return NAMESPACE.kubectl();
    }
}
