package homework.otus.mysql.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import homework.otus.mysql.kube.K8sJson;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Affinity;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1LabelSelectorRequirement;
import io.kubernetes.client.openapi.models.V1LocalObjectReference;
import io.kubernetes.client.openapi.models.V1NodeAffinity;
import io.kubernetes.client.openapi.models.V1NodeSelector;
import io.kubernetes.client.openapi.models.V1NodeSelectorRequirement;
import io.kubernetes.client.openapi.models.V1NodeSelectorTerm;
import io.kubernetes.client.openapi.models.V1PodAffinity;
import io.kubernetes.client.openapi.models.V1PodAffinityTerm;
import io.kubernetes.client.openapi.models.V1PodAntiAffinity;
import io.kubernetes.client.openapi.models.V1PodSecurityContext;
import io.kubernetes.client.openapi.models.V1PreferredSchedulingTerm;
import io.kubernetes.client.openapi.models.V1SELinuxOptions;
import io.kubernetes.client.openapi.models.V1SeccompProfile;
import io.kubernetes.client.openapi.models.V1Toleration;
import io.kubernetes.client.openapi.models.V1WeightedPodAffinityTerm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What of a user's YAML arrives in the operator. */
class MySQLSpecTest {

    @BeforeAll
    static void speakTheOperatorsJson() {
        K8sJson.install();
    }

    @Test
    void everyFieldArrives() throws IOException {
        MySQLSpec spec = parse(Files.readString(Path.of("src/test/resources/every-field.yaml")));

        assertThat(spec).hasNoNullFieldsOrPropertiesExcept("password");
        assertThat(spec.getImage()).isEqualTo("registry.example/mysql:9.7");
        assertThat(spec.getDatabase()).isEqualTo("otus-database");
        assertThat(spec.getPassword()).isNull();
        assertThat(spec.getPasswordSecretRef()).isEqualTo(new SecretKeyRef("root-password", "value"));
        assertThat(spec.getStorageSize()).isEqualTo("1Gi");
        assertThat(spec.getStorageClassName()).isEqualTo("fast");
        assertThat(spec.getAccessMode()).isEqualTo(AccessMode.ReadWriteOncePod);
        assertThat(spec.getConfig()).isEqualTo(Map.of("max_connections", "200", "lower_case_table_names", "1"));
        assertThat(spec.getResources().getRequests())
                .isEqualTo(Map.of("cpu", new Quantity("1"), "memory", new Quantity("1Gi")));
        assertThat(spec.getResources().getLimits())
                .isEqualTo(Map.of("cpu", new Quantity("1500m"), "memory", new Quantity("2Gi")));
        assertThat(spec.getNodeSelector()).isEqualTo(Map.of("kubernetes.io/os", "linux"));
        assertThat(spec.getTolerations())
                .containsExactly(new V1Toleration()
                        .key("dedicated")
                        .operator("Equal")
                        .value("mysql")
                        .effect("NoExecute")
                        .tolerationSeconds(60L));
        assertThat(spec.getAffinity())
                .isEqualTo(new V1Affinity()
                        .nodeAffinity(nodeAffinity())
                        .podAffinity(podAffinity())
                        .podAntiAffinity(podAntiAffinity()));
        assertThat(spec.getPriorityClassName()).isEqualTo("database");
        assertThat(spec.getImagePullSecrets()).containsExactly(new V1LocalObjectReference().name("registry"));
        assertThat(spec.getPodSecurityContext())
                .isEqualTo(new V1PodSecurityContext()
                        .runAsUser(1001L)
                        .runAsGroup(1002L)
                        .fsGroup(1003L)
                        .fsGroupChangePolicy("Always")
                        .supplementalGroups(List.of(1004L))
                        .runAsNonRoot(true)
                        .seLinuxOptions(new V1SELinuxOptions()
                                .user("system_u")
                                .role("system_r")
                                .type("container_t")
                                .level("s0:c1,c2"))
                        .seccompProfile(new V1SeccompProfile().type("Localhost").localhostProfile("mysql.json")));
        assertThat(spec.getBackup()).isEqualTo(new BackupSpec("2Gi", "slow", 7));
        assertThat(spec.getImageChange()).isEqualTo(new ImageChangeSpec(false, 30));
        assertThat(spec.getDeletionPolicy()).isEqualTo(DeletionPolicy.Retain);
        assertThat(spec.getRestorePolicy()).isEqualTo(RestorePolicy.Required);
        assertThat(spec.isPaused()).isTrue();
    }

    @Test
    void whatIsLeftOutHasItsDefault() throws IOException {
        MySQLSpec spec = parse(Files.readString(Path.of("kustomize/samples/mysql-instance.yaml")));

        assertThat(spec.getPassword()).isEqualTo("otuspassword");
        assertThat(spec.getPasswordSecretRef()).isNull();
        assertThat(spec.getStorageClassName()).isNull();
        assertThat(spec.getAccessMode()).isEqualTo(AccessMode.ReadWriteOnce);
        assertThat(spec.getConfig()).isEmpty();
        assertThat(spec.getResources()).isNull();
        assertThat(spec.getNodeSelector()).isEmpty();
        assertThat(spec.getTolerations()).isEmpty();
        assertThat(spec.getAffinity()).isNull();
        assertThat(spec.getPriorityClassName()).isNull();
        assertThat(spec.getImagePullSecrets()).isEmpty();
        assertThat(spec.getPodSecurityContext()).isNull();
        assertThat(spec.getBackup()).isEqualTo(new BackupSpec(null, null, 3));
        assertThat(spec.getImageChange()).isEqualTo(new ImageChangeSpec(true, 600));
        assertThat(spec.getDeletionPolicy()).isEqualTo(DeletionPolicy.BackupAndDelete);
        assertThat(spec.getRestorePolicy()).isEqualTo(RestorePolicy.IfPresent);
        assertThat(spec.isPaused()).isFalse();
    }

    @Test
    void whatIsLeftOutOfAGroupHasItsDefault() {
        MySQLSpec spec = parse("spec: {backup: {storageSize: 2Gi}, imageChange: {progressDeadlineSeconds: 60}}");

        assertThat(spec.getBackup()).isEqualTo(new BackupSpec("2Gi", null, 3));
        assertThat(spec.getImageChange()).isEqualTo(new ImageChangeSpec(true, 60));
    }

    // The spec goes back to the API server with the status.
    @Test
    void nothingIsAddedToWhatTheUserWrote() throws IOException {
        Object written = new Yaml().load(Files.readString(Path.of("kustomize/samples/mysql-instance.yaml")));
        MySQL read = JSON.getGson().fromJson(new Gson().toJson(written), MySQL.class);

        assertThat((Object) new Gson().fromJson(JSON.getGson().toJson(read), Map.class))
                .isEqualTo(written);
    }

    private static V1NodeAffinity nodeAffinity() {
        return new V1NodeAffinity()
                .requiredDuringSchedulingIgnoredDuringExecution(new V1NodeSelector()
                        .addNodeSelectorTermsItem(new V1NodeSelectorTerm()
                                .addMatchExpressionsItem(new V1NodeSelectorRequirement()
                                        .key("topology.kubernetes.io/zone")
                                        .operator("In")
                                        .values(List.of("a", "b")))
                                .addMatchFieldsItem(new V1NodeSelectorRequirement()
                                        .key("metadata.name")
                                        .operator("NotIn")
                                        .values(List.of("old-node")))))
                .addPreferredDuringSchedulingIgnoredDuringExecutionItem(new V1PreferredSchedulingTerm()
                        .weight(10)
                        .preference(new V1NodeSelectorTerm()
                                .addMatchExpressionsItem(new V1NodeSelectorRequirement()
                                        .key("disk")
                                        .operator("Exists"))));
    }

    private static V1PodAffinity podAffinity() {
        return new V1PodAffinity()
                .addPreferredDuringSchedulingIgnoredDuringExecutionItem(new V1WeightedPodAffinityTerm()
                        .weight(100)
                        .podAffinityTerm(new V1PodAffinityTerm()
                                .topologyKey("kubernetes.io/hostname")
                                .labelSelector(new V1LabelSelector().putMatchLabelsItem("app", "shop"))
                                .namespaceSelector(new V1LabelSelector()
                                        .addMatchExpressionsItem(new V1LabelSelectorRequirement()
                                                .key("team")
                                                .operator("In")
                                                .values(List.of("shop"))))
                                .namespaces(List.of("shop"))
                                .matchLabelKeys(List.of("app"))));
    }

    private static V1PodAntiAffinity podAntiAffinity() {
        return new V1PodAntiAffinity()
                .addRequiredDuringSchedulingIgnoredDuringExecutionItem(new V1PodAffinityTerm()
                        .topologyKey("kubernetes.io/hostname")
                        .labelSelector(new V1LabelSelector()
                                .addMatchExpressionsItem(new V1LabelSelectorRequirement()
                                        .key("noisy")
                                        .operator("Exists")))
                        .mismatchLabelKeys(List.of("app")));
    }

    private static MySQLSpec parse(String yaml) {
        Object object = new Yaml().load(yaml);
        return JSON.getGson().fromJson(new Gson().toJson(object), MySQL.class).getSpec();
    }
}
