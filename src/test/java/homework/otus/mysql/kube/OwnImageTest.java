package homework.otus.mysql.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.exceptions.ConfigurationException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OwnImageTest {
    private static final String POD = "/api/v1/namespaces/mysql-operator/pods/me";
    private static final String CONTAINERS = """
            {"spec": {"containers": [{"name": "sidecar", "image": "sidecar:1"}, {"name": "operator", "image": "operator:1"}]}}""";

    private final FakeApi api = new FakeApi();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void isThatOfTheContainerNamedOperatorInItsOwnPodAndReadOnce() {
        api.put(POD, CONTAINERS);
        OwnImage image = image("me", null);

        assertThat(image.reference()).isEqualTo("operator:1");
        assertThat(image.reference()).isEqualTo("operator:1");
        assertThat(api.calls).hasSize(1);
    }

    @Test
    void isWhatTheConfigurationSaysWithoutAskingAnybody() {
        assertThat(image("me", "operator:2").reference()).isEqualTo("operator:2");
        assertThat(api.calls).isEmpty();
    }

    @Test
    void outsideAClusterItMustBeConfigured() {
        for (String blank : new String[] {null, "", " "}) {
            assertThatThrownBy(() -> image(blank, blank).reference())
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContainingAll("POD_NAME", "POD_NAMESPACE", "OPERATOR_IMAGE");
        }
    }

    @Test
    void aPodWithoutThatContainerIsNamed() {
        api.put(POD, "{\"spec\": {\"containers\": [{\"name\": \"manager\", \"image\": \"operator:1\"}]}}");

        assertThatThrownBy(() -> image("me", null).reference())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("mysql-operator/me", "no container named operator", "OPERATOR_IMAGE");
    }

    @Test
    void aPodThatMayNotBeReadIsNamedWithTheAnswer() {
        api.fault = call -> 403;

        assertThatThrownBy(() -> image("me", null).reference())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("mysql-operator/me", "403");
    }

    private OwnImage image(String podName, String image) {
        K8sJson.install();
        return new OwnImage(
                new Fixture.Configuration(List.of(), Optional.ofNullable(podName), Optional.ofNullable(image)),
                Fixture.clients(api));
    }
}
