package homework.otus.mysql.story;

import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.Kubectl;
import homework.otus.mysql.testing.OnInstalledOperator;
import homework.otus.mysql.testing.ThrowawayNamespace;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Pod that a quota or a limit refuses is in no Pod's status: the API server's words are in the condition all the same. */
@OnInstalledOperator
class RefusedPodsIT {
    @RegisterExtension
    static final ThrowawayNamespace NAMESPACE = new ThrowawayNamespace();

    /** Its quota counts what the other tests leave, too. */
    @RegisterExtension
    static final ThrowawayNamespace SMALL = new ThrowawayNamespace();

    /** Of the most that a container may have. */
    private static final String LIMITS = """
            apiVersion: v1
            kind: LimitRange
            metadata:
              name: small
            spec:
              limits:
                - type: Container
                  max: {cpu: 500m, memory: %s}
            """;

    private static final String SMALLER_JOBS =
            "{\"spec\":{\"jobResources\":{\"limits\":{\"cpu\":\"500m\",\"memory\":\"400Mi\"}}}}";

    private static final Map<String, Object> SERVER = Map.of(
            "requests", Map.of("cpu", "10m", "memory", "400Mi"), "limits", Map.of("cpu", "500m", "memory", "900Mi"));

    private final Kubectl kubectl = NAMESPACE.kubectl();

    @AfterEach
    void allow() {
        kubectl.run("delete", "quota,limitrange", "small", "--ignore-not-found").orFail();
    }

    @Test
    void theServersAndAJobsAreTold() {
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

    @Test
    void aWholeLifeFitsAQuotaOfEverything() {
        limit(SMALL.kubectl(), "900Mi");
        SMALL.kubectl()
                .run(
                        "create",
                        "quota",
                        "small",
                        "--hard=requests.cpu=300m,limits.cpu=1500m,requests.memory=1200Mi,limits.memory=1800Mi,pods=3,"
                                + "persistentvolumeclaims=2,requests.storage=800Mi,count/jobs.batch=4")
                .orFail();
        Database database = Database.in(SMALL.kubectl(), "fitting")
                .with("resources", SERVER)
                .create()
                .awaitReady()
                .insert("kept");

        database.patch("{\"spec\":{\"password\":\"another\"}}");
        assertThat(database.awaitReason("PasswordSynced", "Refused").message())
                .contains("change-pass-fitting-job", "maximum cpu usage per Container is 500m");
        database.patch(SMALLER_JOBS).awaitReason("PasswordSynced", "PasswordChanged");

        Database changed = database.withPassword("another");
        changed.patch("{\"spec\":{\"image\":\"mysql:9.7.4\",\"config\":{\"max_connections\":\"77\"}}}")
                .awaitReason("SpecApplied", "Applied");
        assertThat(changed.rows()).containsExactly("kept");
        assertThat(changed.sql("SELECT @@max_connections")).isEqualTo("77\n");

        changed.patch("{\"spec\":{\"storage_size\":\"600Mi\"}}");
        assertThat(changed.awaitReason("StorageResized", "ExpansionRefused").message())
                .contains("exceeded quota: small");
        changed.patch("{\"spec\":{\"password\":\"a third\"}}").awaitReason("PasswordSynced", "PasswordChanged");

        Database last = changed.withPassword("a third").withImage("mysql:9.7.4").delete();
        last.awaitGone();
        last.with("resources", SERVER)
                .with("jobResources", Map.of("limits", Map.of("cpu", "500m", "memory", "400Mi")))
                .create()
                .awaitServing("fitting created with restore-job");
        assertThat(last.rows()).containsExactly("kept");
    }

    @Test
    void whatRefusesAJobIsToldAndTheSpecIsItsCure() {
        Database database = Database.in(kubectl, "cured")
                .with("resources", SERVER)
                .create()
                .awaitReady()
                .insert("kept");
        limit(kubectl, "450Mi");

        database.patch("{\"spec\":{\"config\":{\"max_connections\":\"77\"}}}");
        assertThat(database.awaitReason("SpecApplied", "Refused").message())
                .contains("check-cured-job", "maximum memory usage per Container is 450Mi");
        assertThat(database.rows()).containsExactly("kept");

        database.delete();
        assertThat(database.awaitReason("Ready", "Refused").message())
                .contains("backup-cured-job", "maximum memory usage per Container is 450Mi", "spec.jobResources");
        database.patch(SMALLER_JOBS).awaitGone();

        database.create();
        assertThat(database.awaitReason("Ready", "Refused").message())
                .contains("restore-cured-job", "maximum memory usage per Container is 450Mi", "spec.jobResources");
        allow();
        database.patch(SMALLER_JOBS).awaitServing("cured created with restore-job");
        assertThat(database.rows()).containsExactly("kept");
    }

    private static void limit(Kubectl kubectl, String memory) {
        kubectl.runWithInput(LIMITS.formatted(memory), "create", "-f", "-").orFail();
    }
}
