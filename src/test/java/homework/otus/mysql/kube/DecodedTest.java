package homework.otus.mysql.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.gson.JsonParser;
import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.database.DatabaseKinds;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1Secret;
import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Java's types don't hold is an object with a problem. */
class DecodedTest {
    private static final String IDENTITY = """
            "metadata":{"name":"a","namespace":"n","uid":"u","resourceVersion":"7","generation":3,\
            "labels":{"otus.homework/mysql":"db"}}""";

    private static final ResourceKinds KINDS = DatabaseKinds.table();

    @BeforeAll
    static void installJson() {
        K8sJson.install();
    }

    @ParameterizedTest
    @MethodSource
    void anUnreadableFieldIsNamedAndTheRestIsAnOutline(
            Class<? extends KubernetesObject> type, String field, String problem) {
        Decoded<?> decoded = decode(type, "{" + IDENTITY + "," + field + "}");

        assertThat(decoded.readable()).isFalse();
        assertThat(decoded.problem()).startsWith(problem);
        assertThat(decoded.getMetadata().getName()).isEqualTo("a");
        assertThat(decoded.getMetadata().getNamespace()).isEqualTo("n");
        assertThat(decoded.getMetadata().getUid()).isEqualTo("u");
        assertThat(decoded.getMetadata().getResourceVersion()).isEqualTo("7");
        assertThat(decoded.getMetadata().getGeneration()).isEqualTo(3);
        assertThat(decoded.getMetadata().getLabels()).isEqualTo(Map.of("otus.homework/mysql", "db"));
    }

    static Stream<Arguments> anUnreadableFieldIsNamedAndTheRestIsAnOutline() {
        return Stream.of(
                arguments(
                        MySQL.class,
                        "\"spec\":{\"imageChange\":{\"progressDeadlineSeconds\":3000000000}}",
                        "spec.imageChange.progressDeadlineSeconds: Expected an int but was 3000000000"),
                arguments(
                        MySQL.class,
                        "\"spec\":{\"tolerations\":[{\"tolerationSeconds\":99999999999999999999}]}",
                        "spec.tolerations[0].tolerationSeconds: "),
                arguments(MySQL.class, "\"spec\":{\"config\":1}", "spec.config: "),
                arguments(MySQL.class, "\"spec\":null", "spec: is missing"),
                arguments(MySQL.class, "\"status\":{}", "spec: is missing"),
                arguments(
                        V1Pod.class,
                        "\"spec\":{\"containers\":[{\"resources\":{\"limits\":{\"cpu\":\"1e4294967296\"}}}]}",
                        "spec.containers[0].resources.limits: Can't parse decimal exponent from 4294967296"),
                arguments(
                        V1PersistentVolumeClaim.class,
                        "\"spec\":{\"resources\":{\"requests\":{\"storage\":\"\"}}}",
                        "spec.resources.requests: can't be decoded"),
                arguments(V1Job.class, "\"status\":{\"startTime\":\"yesterday\"}", "status.startTime: "),
                arguments(V1Job.class, "\"spec\":{\"backoffLimit\":2147483648}", "spec.backoffLimit: "),
                arguments(V1Deployment.class, "\"spec\":{\"replicas\":2147483648}", "spec.replicas: "));
    }

    @Test
    void ofAPodItIsKnownWhatItMounts() {
        Decoded<V1Pod> decoded = decode(
                V1Pod.class,
                "{" + IDENTITY + ",\"spec\":{\"containers\":[{\"resources\":{\"limits\":{\"cpu\":\"1e4294967296\"}}}],"
                        + "\"volumes\":[{\"name\":\"a\",\"emptyDir\":{\"sizeLimit\":\"1e4294967296\"}},"
                        + "{\"name\":\"b\",\"persistentVolumeClaim\":{\"claimName\":\"db-pvc\"}}]},"
                        + "\"status\":{\"phase\":\"Running\"}}");

        assertThat(decoded.readable()).isFalse();
        assertThat(decoded.object()
                        .getSpec()
                        .getVolumes()
                        .get(1)
                        .getPersistentVolumeClaim()
                        .getClaimName())
                .isEqualTo("db-pvc");
        assertThat(decoded.object().getStatus().getPhase()).isEqualTo("Running");
    }

    @Test
    void nothingOfASecretIsRepeated() {
        assertThat(decode(V1Secret.class, "{" + IDENTITY + ",\"data\":{\"password\":\"hunter2!\"}}")
                        .problem())
                .isEqualTo("data: can't be decoded");
    }

    @Test
    void whatIsLongIsCut() {
        assertThat(decode(V1Job.class, "{" + IDENTITY + ",\"spec\":{\"backoffLimit\":\"" + "9".repeat(10_000) + "\"}}")
                        .problem())
                .hasSizeLessThan(400);
    }

    @Test
    void anUnreadableMySQLKeepsItsStatus() {
        Decoded<MySQL> decoded =
                decode(MySQL.class, "{" + IDENTITY + ",\"spec\":{\"config\":1},\"status\":{\"message\":\"m\"}}");

        assertThat(decoded.readable()).isFalse();
        assertThat(decoded.object().getStatus().message()).isEqualTo("m");
    }

    @Test
    void ofAMySQLTheStatusIsTheOperatorsOwnAndWrittenAnew() {
        Decoded<MySQL> decoded = decode(
                MySQL.class,
                "{" + IDENTITY + ",\"spec\":{\"image\":\"i\"},\"status\":{\"lastBackup\":{\"bytes\":1e400}}}");

        assertThat(decoded.readable()).isTrue();
        assertThat(decoded.object().getSpec().getImage()).isEqualTo("i");
        assertThat(decoded.object().getStatus()).isNull();
    }

    @Test
    void ofMetadataAloneNoItemsAreNull() throws IOException {
        assertThat(DecodedList.read(KINDS.of(V1Secret.class), new StringReader("{\"items\":null}"))
                        .getItems())
                .isEmpty();
    }

    @Test
    void oneUnreadableItemOfAListLeavesTheOthers() throws IOException {
        DecodedList<V1Job> list = DecodedList.read(KINDS.of(V1Job.class), new StringReader("""
                {"metadata":{"resourceVersion":"9"},"items":[
                {"metadata":{"name":"a"},"spec":{"backoffLimit":1}},
                {"metadata":{"name":"b"},"spec":{"backoffLimit":2147483648}},
                {"metadata":{"name":"c"},"spec":{"backoffLimit":3}}]}
                """));

        assertThat(list.getItems())
                .extracting(item -> item.getMetadata().getName() + item.readable())
                .containsExactly("atrue", "bfalse", "ctrue");
    }

    @Test
    void managedFieldsAreNotRead() {
        assertThat(decode(
                                V1Pod.class,
                                "{\"metadata\":{\"name\":\"a\",\"managedFields\":[{\"time\":\"0000-01-01T00:00:00Z\"}]}}")
                        .getMetadata()
                        .getManagedFields())
                .isEmpty();
    }

    private <T extends KubernetesObject> Decoded<T> decode(Class<T> type, String json) {
        return Decoded.of(KINDS.of(type), JsonParser.parseString(json).getAsJsonObject());
    }
}
