package homework.otus.mysql.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import homework.otus.mysql.testing.Cluster;
import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.Kubectl;
import homework.otus.mysql.testing.OnInstalledOperator;
import homework.otus.mysql.testing.ThrowawayNamespace;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;

/** Children whose owner went without them are taken over, or end with the database. */
@OnInstalledOperator
class AdoptionIT {
    private static final String PAUSED = "{\"spec\":{\"paused\":true}}";
    private static final String RESUMED = "{\"spec\":{\"paused\":false}}";
    private static final String WITHOUT_FINALIZER = "{\"metadata\":{\"finalizers\":null}}";

    @RegisterExtension
    static final ThrowawayNamespace NAMESPACE = new ThrowawayNamespace();

    @RegisterExtension
    static final ThrowawayNamespace DOOMED = new ThrowawayNamespace();

    @Test
    @Execution(CONCURRENT)
    void whatAnOrphaningDeletionLeavesIsTakenOver() {
        Database database = database("orphaning");
        database.create().awaitReady().insert("kept").delete("--cascade=orphan").awaitGone();
        assertThat(database.read("secret/orphaning-credentials", "{.metadata.ownerReferences}"))
                .isEmpty();
        assertThat(database.create().awaitReady().rows()).containsExactly("kept");
        awaitOwned("orphaning", "secret/orphaning-credentials", "secret/orphaning-binding", "service/orphaning");
        database.delete().awaitGone();
        kubectl()
                .run("wait", "--for=delete", "secret/orphaning-credentials", "service/orphaning", "--timeout=60s")
                .orFail();
    }

    /** As a backup tool does it: the same names, other uids, and no owners. */
    @Test
    @Execution(CONCURRENT)
    void whatWasBroughtBackWithoutOwnersIsTakenOverAsItIs() {
        Database database = database("brought");
        database.create().awaitReady().insert("kept");
        String pod = database.read("pods --selector=app=brought", "{.items[*].metadata.uid}");
        vanish(database, "--cascade=orphan");
        kubectl().run("delete", "deployment/brought", "--cascade=orphan").orFail();
        kubectl()
                .run("patch", "pvc/brought-pvc", "--type=merge", "--patch=" + WITHOUT_FINALIZER)
                .orFail();

        assertThat(database.create().awaitReady().rows()).containsExactly("kept");
        awaitOwned(
                "brought",
                "secret/brought-credentials",
                "secret/brought-binding",
                "service/brought",
                "deployment/brought");
        assertThat(database.read("pods --selector=app=brought", "{.items[*].metadata.uid}"))
                .isEqualTo(pod);
        assertThat(database.read("pvc/brought-pvc", "{.metadata.finalizers}")).contains("otus.homework/final-backup");

        database.patch("{\"spec\":{\"password\":\"another\"}}").awaitReason("PasswordSynced", "PasswordChanged");
        Database changed = database.withPassword("another");
        assertThat(changed.rows()).containsExactly("kept");
        changed.delete().awaitGone();
        assertThat(changed.create().awaitReady().rows()).containsExactly("kept");
    }

    @Test
    @Execution(CONCURRENT)
    void aDeploymentThatWasDeletedAloneIsMadeAgainAroundItsPod() {
        Database database = database("alone").create().awaitReady().insert("kept");
        String pod = database.read("pods --selector=app=alone", "{.items[*].metadata.uid}");
        kubectl().run("delete", "deployment/alone", "--cascade=orphan").orFail();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> kubectl().run("get", "deployment/alone").exitCode() == 0);
        assertThat(database.awaitReady().rows()).containsExactly("kept");
        assertThat(database.read("pods --selector=app=alone", "{.items[*].metadata.uid}"))
                .isEqualTo(pod);
        kubectl()
                .run("delete", "replicasets", "--selector=app=alone", "--cascade=orphan")
                .orFail();
        kubectl().run("rollout", "status", "deployment/alone", "--timeout=120s").orFail();
        assertThat(database.awaitReady().rows()).containsExactly("kept");
    }

    @Test
    @Execution(CONCURRENT)
    void whatWasLeftOfADeploymentEndsWithTheDatabase() {
        Database database = database("ending").create().awaitReady().insert("kept");
        database.patch(PAUSED).awaitReason("Paused", "Paused");
        kubectl().run("delete", "deployment/ending", "--cascade=orphan").orFail();
        database.delete().patch(RESUMED).awaitGone();
        assertThat(database.pod()).isEmpty();
        assertThat(database.create().awaitReady().rows()).containsExactly("kept");
    }

    @Test
    @Execution(CONCURRENT)
    void whatHasLostItsLabelGetsItBack() {
        Database database = database("stripped").create().awaitReady().insert("kept");
        String identity = database.read("secret/stripped-credentials", "{.data.identity}");
        for (String child : new String[] {
            "deployment/stripped", "service/stripped", "secret/stripped-credentials", "secret/stripped-binding"
        }) {
            kubectl().run("label", child, "otus.homework/mysql-").orFail();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> database.read(child, "{.metadata.labels.otus\\.homework/mysql}")
                            .equals("stripped"));
        }
        assertThat(database.read("secret/stripped-credentials", "{.data.identity}"))
                .isEqualTo(identity);
        assertThat(database.awaitReady().rows()).containsExactly("kept");
        database.delete().awaitGone();
    }

    @Test
    @Execution(CONCURRENT)
    void aReplicaSetThatHasLostItsLabelEndsWithTheDatabase() {
        Database database = database("let-go").create().awaitReady().insert("kept");
        kubectl()
                .run("label", "replicasets", "--selector=otus.homework/mysql=let-go", "otus.homework/mysql-")
                .orFail();
        database.delete().awaitGone();
        assertThat(database.create().awaitReady().rows()).containsExactly("kept");
    }

    @Test
    @Execution(CONCURRENT)
    void whatKeepsAPodIsNamed() {
        Database database = database("held").create().awaitReady().insert("kept");
        String pod = database.pod();
        kubectl()
                .run(
                        "patch",
                        "pod",
                        pod,
                        "--type=merge",
                        "--patch={\"metadata\":{\"finalizers\":[\"example.com/hold\"]}}")
                .orFail();
        database.delete();
        await().atMost(Duration.ofMinutes(4))
                .untilAsserted(() -> assertThat(database.message())
                        .contains("stopping held", "Pod " + pod, "the finalizer example.com/hold"));
        kubectl()
                .run("patch", "pod", pod, "--type=merge", "--patch=" + WITHOUT_FINALIZER)
                .orFail();
        database.awaitGone();
    }

    @Test
    @Execution(CONCURRENT)
    void aClaimWithoutADatabaseIsKeptButNotLongerThanItsNamespace() {
        Database database = Database.in(DOOMED.kubectl(), "forsaken").create().awaitReady();
        vanish(database);
        DOOMED.kubectl().run("delete", "pvc/forsaken-pvc", "--wait=false").orFail();
        DOOMED.kubectl()
                .run("wait", "--for=delete", "deployment/forsaken", "--timeout=60s")
                .orFail();
        assertThat(database.read("pvc/forsaken-pvc", "{.metadata.finalizers}")).contains("otus.homework/final-backup");

        DOOMED.kubectl()
                .run("delete", "namespace", DOOMED.name(), "--timeout=180s")
                .orFail();
        assertThat(Cluster.current()
                        .kubectl("--namespace=default")
                        .run(
                                "get",
                                "events.events.k8s.io",
                                "--field-selector=regarding.kind=Namespace,regarding.name=" + DOOMED.name(),
                                "--output=jsonpath={.items[*].note}")
                        .orFail())
                .contains("forsaken was released without a final backup");
    }

    /** The object goes, and the operator has no say in it. */
    private static void vanish(Database database, String... options) {
        database.patch(PAUSED).awaitReason("Paused", "Paused");
        database.patch(WITHOUT_FINALIZER).delete(options);
        database.kubectl()
                .run("wait", "--for=delete", "ms/" + database.name(), "--timeout=60s")
                .orFail();
    }

    private static void awaitOwned(String owner, String... children) {
        String uid = database(owner).uid();
        for (String child : children) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(database(owner).read(child, "{.metadata.ownerReferences[*].uid}"))
                            .isEqualTo(uid));
        }
    }

    private static Database database(String name) {
        return Database.in(kubectl(), name);
    }

    private static Kubectl kubectl() {
        return NAMESPACE.kubectl();
    }
}
