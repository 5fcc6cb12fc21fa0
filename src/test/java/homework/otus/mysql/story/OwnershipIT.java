package homework.otus.mysql.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.Kubectl;
import homework.otus.mysql.testing.OnInstalledOperator;
import homework.otus.mysql.testing.ThrowawayNamespace;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is the operator's own is put right; what somebody else made is left alone. */
@OnInstalledOperator
class OwnershipIT {
    private static final String CLAIM =
            "{\"accessModes\": [\"ReadWriteOnce\"], \"resources\": {\"requests\": {\"storage\": \"1Mi\"}}}";
    private static final String POD = "{\"metadata\": {\"labels\": {\"app\": \"theirs\"}}, \"spec\": {"
            + "\"restartPolicy\": \"%s\", \"containers\": [{\"name\": \"theirs\", \"image\": \"mysql:9.7\"}]}}";

    @RegisterExtension
    static final ThrowawayNamespace NAMESPACE = new ThrowawayNamespace();

    /** A child whose name somebody else has taken. */
    enum Child {
        DATA_CLAIM("v1", "PersistentVolumeClaim", "%s-pvc", CLAIM, "jsonpath={.status.phase}=Bound"),
        BACKUP_CLAIM("v1", "PersistentVolumeClaim", "backup-%s-pvc", CLAIM, "jsonpath={.status.phase}=Bound"),
        CREDENTIALS("v1", "Secret", "%s-credentials", "{}", ""),
        BINDING("v1", "Secret", "%s-binding", "{}", ""),
        SERVICE("v1", "Service", "%s", "{\"ports\": [{\"port\": 1}]}", ""),
        DEPLOYMENT(
                "apps/v1",
                "Deployment",
                "%s",
                "{\"replicas\": 0, \"selector\": {\"matchLabels\": {\"app\": \"theirs\"}}, \"template\": "
                        + POD.formatted("Always") + "}",
                "jsonpath={.status.conditions[?(@.type==\"Progressing\")].reason}=NewReplicaSetAvailable"),
        RESTORE_JOB(
                "batch/v1",
                "Job",
                "restore-%s-job",
                "{\"suspend\": true, \"template\": " + POD.formatted("Never") + "}",
                "condition=Suspended"),
        BACKUP_JOB(
                "batch/v1",
                "Job",
                "backup-%s-job",
                "{\"suspend\": true, \"template\": " + POD.formatted("Never") + "}",
                "condition=Suspended");

        private final String apiVersion;
        private final String kind;
        private final String childName;
        private final String spec;
        private final String settled;

        /** @param settled what its own controller writes last; empty where there is no controller */
        Child(String apiVersion, String kind, String childName, String spec, String settled) {
            this.apiVersion = apiVersion;
            this.kind = kind;
            this.childName = childName;
            this.spec = spec;
            this.settled = settled;
        }

        String mysql() {
            return name().toLowerCase(Locale.ROOT).replace("_", "").replaceFirst("^backup", "b");
        }

        String reference(Database database) {
            return kind.toLowerCase(Locale.ROOT) + "/" + childName.formatted(database.name());
        }

        String manifest(Database database) {
            String body = kind.equals("Secret") ? "" : ", \"spec\": " + spec;
            return "{\"apiVersion\": \"%s\", \"kind\": \"%s\", \"metadata\": {\"name\": \"%s\"}%s}"
                    .formatted(apiVersion, kind, childName.formatted(database.name()), body);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Execution(CONCURRENT)
    void aChildOfSomebodyElseIsNamedAndLeftAlone(Child child) {
        Database database = Database.in(NAMESPACE.kubectl(), child.mysql());
        boolean ofALaterLife = child == Child.RESTORE_JOB || child == Child.BACKUP_JOB;
        if (ofALaterLife) {
            database.create().awaitReady().insert("kept");
        }
        if (child == Child.RESTORE_JOB) {
            database.delete().awaitGone();
        }
        String theirs = make(child, database);
        if (child == Child.BACKUP_JOB) {
            database.delete();
        } else {
            database.create();
        }
        // A database serves without the Secret that is for applications.
        String told = child == Child.BINDING ? "SpecApplied" : "Ready";
        assertThat(database.awaitReason(told, "Conflict").message()).contains(child.reference(database), "left alone");
        assertThat(database.events()).anySatisfy(event -> assertThat(event).contains(child.reference(database)));
        assertThat(version(child, database)).isEqualTo(theirs);

        NAMESPACE.kubectl().run("delete", child.reference(database)).orFail();
        if (child == Child.BACKUP_JOB) {
            database.awaitGone().create();
        }
        database.awaitReason(told, child == Child.BINDING ? "Applied" : "Serving");
        assertThat(database.sql("SELECT 1")).isEqualTo("1\n");
        if (ofALaterLife) {
            assertThat(database.rows()).containsExactly("kept");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DEPLOYMENT", "DATA_CLAIM"})
    @Execution(CONCURRENT)
    void aChildOfSomebodyElseOutlivesTheDatabaseThatIsDeletedBecauseOfIt(Child child) {
        Database database = Database.in(NAMESPACE.kubectl(), "un" + child.mysql());
        String theirs = make(child, database);
        database.create().awaitReason("Ready", "Conflict");
        NAMESPACE
                .kubectl()
                .run("delete", "ms", database.name(), "--timeout=120s")
                .orFail();
        assertThat(version(child, database)).isEqualTo(theirs);
    }

    /** Returns its version, when its own controller has written what it has to write. */
    private static String make(Child child, Database database) {
        NAMESPACE
                .kubectl()
                .runWithInput(child.manifest(database), "create", "-f", "-")
                .orFail();
        if (!child.settled.isEmpty()) {
            NAMESPACE
                    .kubectl()
                    .run("wait", child.reference(database), "--for=" + child.settled, "--timeout=60s")
                    .orFail();
        }
        return version(child, database);
    }

    /** Any write makes another one. */
    private static String version(Child child, Database database) {
        return database.read(child.reference(database), "{.metadata.uid} {.metadata.resourceVersion}");
    }

    @Test
    @Execution(CONCURRENT)
    void whatIsItsOwnIsPutRight() {
        Kubectl kubectl = NAMESPACE.kubectl();
        Database database =
                Database.in(kubectl, "drifting").create().awaitReady().insert("kept");
        kubectl.run("patch", "service", "drifting", "--patch={\"spec\":{\"selector\":{\"app\":\"other\"}}}")
                .orFail();
        kubectl.run("patch", "secret", "drifting-credentials", "--patch={\"data\":{\"init.sql\":\"\"}}")
                .orFail();
        kubectl.run("scale", "deployment/drifting", "--replicas=0").orFail();
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(database.read("service/drifting", "{.spec.selector.app}"))
                    .isEqualTo("drifting");
            assertThat(database.read("secret/drifting-credentials", "{.data.init\\.sql}"))
                    .isNotEmpty();
            assertThat(database.read("deployment/drifting", "{.spec.replicas}")).isEqualTo("1");
        });
        kubectl.run("rollout", "status", "deployment/drifting", "--timeout=180s")
                .orFail();
        assertThat(database.rows()).containsExactly("kept");

        kubectl.run("delete", "service/drifting", "secret/drifting-credentials", "deployment/drifting")
                .orFail();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(kubectl.run(
                                        "get", "service/drifting", "secret/drifting-credentials", "deployment/drifting")
                                .exitCode())
                        .isZero());
        kubectl.run("rollout", "status", "deployment/drifting", "--timeout=180s")
                .orFail();
        assertThat(database.rows()).containsExactly("kept");
    }
}
