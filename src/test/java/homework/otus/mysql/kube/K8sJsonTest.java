package homework.otus.mysql.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1LeaseSpec;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1ServicePort;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.HashMap;
import org.junit.jupiter.api.Test;

class K8sJsonTest {
    private final Gson gson = K8sJson.create();

    @Test
    void readsWhatANewerApiServerAdds() {
        assertThat(gson.fromJson("{\"port\":1,\"addedInTheFuture\":{\"a\":[1]}}", V1ServicePort.class)
                        .getPort())
                .isEqualTo(1);
    }

    @Test
    void readsABookmarkWhoseRequiredListsAreNull() {
        assertThat(gson.fromJson("{\"spec\":{\"containers\":null}}", V1Pod.class)
                        .getSpec())
                .isNotNull();
    }

    @Test
    void writesNoListOrMapThatIsUnset() {
        V1Pod pod = new V1Pod().spec(new V1PodSpec().addContainersItem(new V1Container().name("c")));

        assertThat(gson.toJson(pod)).isEqualTo("{\"spec\":{\"containers\":[{\"name\":\"c\"}]}}");
        assertThat(gson.toJson(new V1Pod().spec(new V1PodSpec().nodeSelector(new HashMap<>()))))
                .isEqualTo("{\"spec\":{}}");
    }

    @Test
    void writesTimesWithMicrosecondsAsLeasesNeedThem() {
        String json = gson.toJson(new V1LeaseSpec().renewTime(OffsetDateTime.parse("2026-01-01T00:00:00Z")));

        assertThat(json).isEqualTo("{\"renewTime\":\"2026-01-01T00:00:00.000000Z\"}");
        assertThat(gson.fromJson(json, V1LeaseSpec.class).getRenewTime())
                .isEqualTo(OffsetDateTime.parse("2026-01-01T00:00:00Z"));
    }

    @Test
    void readsTimesWithAndWithoutAFraction() {
        assertThat(gson.fromJson("{\"renewTime\":\"2026-01-01T00:00:00Z\"}", V1LeaseSpec.class)
                        .getRenewTime())
                .isEqualTo(gson.fromJson("{\"renewTime\":\"2026-01-01T00:00:00.000000Z\"}", V1LeaseSpec.class)
                        .getRenewTime());
    }

    @Test
    void keepsASecretsBytes() {
        byte[] bytes = "пароль".getBytes(StandardCharsets.UTF_8);
        String json = gson.toJson(new V1Secret().putDataItem("password", bytes));

        assertThat(gson.fromJson(json, V1Secret.class).getData()).containsEntry("password", bytes);
    }
}
