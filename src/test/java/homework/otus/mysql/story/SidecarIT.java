package homework.otus.mysql.story;

import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.Kubectl;
import homework.otus.mysql.testing.Mesh;
import homework.otus.mysql.testing.OnInstalledOperator;
import homework.otus.mysql.testing.ThrowawayNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the operator's own containers do decides, whatever a service mesh adds to their Pods. */
@OnInstalledOperator
class SidecarIT {
    @RegisterExtension
    static final ThrowawayNamespace NAMESPACE = new ThrowawayNamespace();

    private static Mesh mesh;

    @BeforeAll
    static void addAContainerToEveryPod() {
        mesh = Mesh.in(NAMESPACE.name());
    }

    @AfterAll
    static void removeThePolicy() {
        mesh.close();
    }

    @Test
    void everyJobEndsAsItsProgramDoes() {
        Kubectl kubectl = NAMESPACE.kubectl();
        Database database = Database.in(kubectl, "meshed").create();
        database.awaitServing("meshed created without restore-job").insert("kept");
        assertThat(database.read("pods --selector=app=meshed", "{.items[0].spec.containers[*].name}"))
                .contains("mysql", Mesh.CONTAINER);

        database.patch("{\"spec\":{\"password\":\"another\"}}").awaitReason("PasswordSynced", "PasswordChanged");
        assertThat(job("change-pass-meshed-job")).isEqualTo("1/1");

        database.patch("{\"spec\":{\"config\":{\"no_such_variable\":\"1\"}}}");
        assertThat(database.awaitReason("SpecApplied", "ConfigRefused").message())
                .contains("unknown variable 'no-such-variable");
        assertThat(database.read("job/check-meshed-job", "{.status.conditions[?(@.type==\"Failed\")].status}"))
                .isEqualTo("True");
        assertThat(database.read("job/check-meshed-job", "{.status.failed}")).isEqualTo("1");
        database.patch("{\"spec\":{\"config\":{\"no_such_variable\":null,\"max_connections\":\"77\"}}}")
                .awaitReason("SpecApplied", "Applied");

        database.delete().awaitGone();
        assertThat(job(database.backupJob())).isEqualTo("1/1");

        Database again = database.withPassword("another").create();
        again.awaitServing("meshed created with restore-job");
        assertThat(job(database.restoreJob())).isEqualTo("1/1");
        assertThat(again.rows()).containsExactly("kept");
    }

    /** As {@code kubectl get jobs} shows it. */
    private static String job(String name) {
        NAMESPACE
                .kubectl()
                .run("wait", "--for=condition=Complete", "job/" + name, "--timeout=60s")
                .orFail();
        return NAMESPACE
                .kubectl()
                .run("get", "job", name, "--no-headers")
                .orFail()
                .split(" +")[2];
    }
}
