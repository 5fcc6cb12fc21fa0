package homework.otus.mysql.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.google.gson.Gson;
import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.Kubectl;
import homework.otus.mysql.testing.OnInstalledOperator;
import homework.otus.mysql.testing.ThrowawayNamespace;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;

/** What the API server refuses stops what it is about, and nothing else. */
@OnInstalledOperator
class RefusedIT {
    /** Its volumes can't grow. */
    private static final String RIGID = "wait-for-consumer";

    @RegisterExtension
    static final ThrowawayNamespace NAMESPACE = new ThrowawayNamespace();

    @AfterAll
    static void clean() {
        kubectl()
                .run("delete", "validatingwebhookconfiguration", "--ignore-not-found", webhook("young"), webhook("old"))
                .orFail();
    }

    @Test
    @Execution(CONCURRENT)
    void aVolumeThatCannotGrowStopsNothingElse() {
        Database database = onRigidVolumes("rigid")
                .create()
                .awaitReady()
                .insert("kept")
                .patch("{\"spec\":{\"storage_size\":\"1Gi\"}}");
        assertThat(database.awaitReason("StorageResized", "ExpansionRefused").message())
                .contains("persistentvolumeclaim/rigid-pvc", "persistentvolumeclaim/backup-rigid-pvc");
        assertThat(database.condition("Ready").status()).isEqualTo("True");

        kubectl().run("delete", "service/rigid", "deployment/rigid").orFail();
        awaitThere("service/rigid", Duration.ofSeconds(30));
        awaitThere("deployment/rigid", Duration.ofSeconds(120));
        assertThat(database.awaitReady().rows()).containsExactly("kept");

        database.patch("{\"spec\":{\"password\":\"another\"}}").awaitReason("PasswordSynced", "PasswordChanged");
        Database changed = database.withPassword("another");
        assertThat(changed.rows()).containsExactly("kept");
        assertThat(changed.condition("StorageResized").reason()).isEqualTo("ExpansionRefused");
        changed.delete().awaitGone();
    }

    /** "A volume that can't grow" in docs/operations.md, on a class that can't. */
    @Test
    @Execution(CONCURRENT)
    void aDatabaseIsMadeLargerByMakingItAgain() {
        Database database = onRigidVolumes("larger");
        database.create().awaitReady().insert("kept").delete().awaitGone();
        Database larger = database.withSize("600Mi").create().awaitReady();
        assertThat(larger.rows()).containsExactly("kept");
        assertThat(larger.message()).contains("persistentvolumeclaim/backup-larger-pvc");
        assertThat(larger.read("pvc/larger-pvc", "{.spec.resources.requests.storage}"))
                .isEqualTo("600Mi");

        larger.patch("{\"spec\":{\"deletionPolicy\":\"Retain\"}}").delete();
        kubectl().run("wait", "--for=delete", "ms/larger", "--timeout=120s").orFail();
        Database largest = database.withSize("800Mi").create().awaitReady();
        assertThat(largest.rows()).containsExactly("kept");
        assertThat(largest.awaitReason("StorageResized", "ExpansionRefused").message())
                .contains("persistentvolumeclaim/larger-pvc");
    }

    @Test
    @Execution(CONCURRENT)
    void aBrokenWebhookIsToldAndWorkGoesOnSoonAfterIt() {
        breakWebhook("young");
        Database database = Database.in(kubectl(), "young").create();
        assertThat(database.awaitReason("Ready", "WriteFailed").message())
                .contains("deployment/young", "failed calling webhook");
        assertThat(database.read("service/young", "{.metadata.name}")).isEqualTo("young");
        mendWebhook("young");
        awaitThere("deployment/young", Duration.ofSeconds(12));
        database.awaitReady();
    }

    @Test
    @Execution(CONCURRENT)
    void aBrokenWebhookIsToldAtEveryKindOfWrite() {
        Database database = Database.in(kubectl(), "old").create().awaitReady().insert("kept");
        breakWebhook("old");
        database.patch("{\"spec\":{\"password\":\"another\",\"resources\":{\"requests\":{\"cpu\":\"50m\"}}}}");
        assertThat(database.awaitReason("PasswordSynced", "WriteFailed").message())
                .contains("secret/old-credentials", "failed calling webhook");
        assertThat(database.awaitReason("SpecApplied", "WriteFailed").message())
                .contains("deployment/old", "failed calling webhook");
        assertThat(database.condition("Ready").status()).isEqualTo("True");
        assertThat(database.rows()).containsExactly("kept");

        database.delete();
        assertThat(database.awaitReason("Ready", "WriteFailed").message()).contains("deployment/old");
        mendWebhook("old");
        database.awaitGone();
    }

    @Test
    @Execution(CONCURRENT)
    void aRefusalOfManyWordsIsToldInShort() {
        Database database = Database.in(kubectl(), "wordy").create().awaitReady();
        List<Object> requirements = Collections.nCopies(
                20, Map.of("key", "not a key", "operator", "Gt", "values", List.of("x".repeat(250))));
        Object terms = Collections.nCopies(20, Map.of("matchExpressions", requirements));
        database.patch(new Gson()
                .toJson(Map.of(
                        "spec",
                        Map.of(
                                "affinity",
                                Map.of(
                                        "nodeAffinity",
                                        Map.of(
                                                "requiredDuringSchedulingIgnoredDuringExecution",
                                                Map.of("nodeSelectorTerms", terms)))))));
        assertThat(database.awaitReason("SpecApplied", "Refused").message())
                .contains("deployment/wordy", "not a key", "[…]")
                .hasSizeLessThan(1025);
        assertThat(database.condition("Ready").status()).isEqualTo("True");
        database.patch("{\"spec\":{\"affinity\":null}}").awaitReason("SpecApplied", "Applied");
    }

    private static Database onRigidVolumes(String name) {
        return Database.in(kubectl(), name)
                .with("storageClassName", RIGID)
                .with("backup", Map.of("storageClassName", RIGID));
    }

    private static void awaitThere(String object, Duration atMost) {
        await().atMost(atMost).until(() -> kubectl().run("get", object).exitCode() == 0);
    }

    /** Nobody answers there, and without an answer the API server takes no write. */
    private static void breakWebhook(String database) {
        kubectl()
                .runWithInput("""
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            metadata:
              name: %s
            webhooks:
              - name: broken.example.com
                failurePolicy: Fail
                sideEffects: None
                admissionReviewVersions: [v1]
                timeoutSeconds: 2
                clientConfig:
                  url: https://127.0.0.1:9/
                namespaceSelector:
                  matchLabels:
                    kubernetes.io/metadata.name: %s
                objectSelector:
                  matchLabels:
                    otus.homework/mysql: %s
                rules:
                  - apiGroups: [apps]
                    apiVersions: [v1]
                    operations: [CREATE, UPDATE, DELETE]
                    resources: [deployments]
                    scope: Namespaced
                  - apiGroups: [""]
                    apiVersions: [v1]
                    operations: [UPDATE]
                    resources: [secrets]
                    scope: Namespaced
            """.formatted(webhook(database), NAMESPACE.name(), database), "create", "-f", "-")
                .orFail();
    }

    private static void mendWebhook(String database) {
        kubectl()
                .run("delete", "validatingwebhookconfiguration", webhook(database))
                .orFail();
    }

    private static String webhook(String database) {
        return NAMESPACE.name() + "-" + database;
    }

    private static Kubectl kubectl() {
        return NAMESPACE.kubectl();
    }
}
