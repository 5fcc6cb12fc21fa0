package homework.otus.mysql.story;

import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.Kubectl;
import homework.otus.mysql.testing.OnInstalledOperator;
import homework.otus.mysql.testing.ThrowawayNamespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Pod that a quota refuses is in no Pod's status: the API server's words are in the condition all the same. */
@OnInstalledOperator
class RefusedPodsIT {
    @RegisterExtension
    static final ThrowawayNamespace NAMESPACE = new ThrowawayNamespace();

    @Test
    void theServersAndAJobsAreTold() {
        Kubectl kubectl = NAMESPACE.kubectl();
        kubectl.run("create", "quota", "small", "--hard=requests.cpu=20m").orFail();
        Database database = Database.in(kubectl, "refused").create();
        assertThat(database.awaitReason("Ready", "Refused").message()).contains("small");
        database.patch("{\"spec\":{\"resources\":{\"requests\":{\"cpu\":\"10m\"}}}}")
                .awaitReady();
        database.delete();
        assertThat(database.awaitReason("Ready", "Refused").message()).contains("backup-refused-job", "small");
        kubectl.run("delete", "quota", "small").orFail();
        database.awaitGone();
    }
}
