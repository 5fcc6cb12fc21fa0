package homework.otus.mysql.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.util.ClientBuilder;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.kubernetes.client.ApiClientConfiguration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiClientsFactoryTest {
    private static final String SECRETS = "/api/v1/namespaces/default/secrets";

    private final FakeApi api = new FakeApi();
    private final Fixture fixture = new Fixture();
    private final Leadership leadership = new Leadership(Fixture.configuration(), fixture.clock, fixture.metrics);
    private final ApiClientConfiguration configured = mock(ApiClientConfiguration.class);

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void withoutAClusterTheMessageSaysWhatToSet() {
        when(configured.getBasePath()).thenReturn(Optional.empty());

        assertThatThrownBy(() -> clients(new ClientBuilder()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("KUBECONFIG", "service account");
    }

    @Test
    void aWriteGoesOutWhileTheLeaseIsHeldAndIsCounted() throws ApiException {
        leadership.renewed(fixture.clock.nanoTime());
        create();

        assertThat(api.get(SECRETS + "/s")).isNotNull();
        assertThat(fixture.meters
                        .get("mysql.operator.writes")
                        .tags("resource", "secrets", "verb", "create", "code", "201")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aWriteWithoutTheLeaseNeverReachesTheApiServer() {
        assertThatThrownBy(this::create).hasRootCauseInstanceOf(LeaseNotHeldException.class);
        assertThat(api.calls).isEmpty();
    }

    @Test
    void aReadNeedsNoLease() throws ApiException {
        api.put(SECRETS + "/s", "{}");

        assertThat(new CoreV1Api(clients().requests())
                        .readNamespacedSecret("s", "default")
                        .execute())
                .isNotNull();
    }

    @Test
    void onlyWatchesWaitForEver() {
        ApiClients clients = clients();

        assertThat(clients.requests().getHttpClient().callTimeoutMillis()).isEqualTo(30_000);
        assertThat(clients.watches().getHttpClient().callTimeoutMillis()).isZero();
        assertThat(clients.watches().getReadTimeout()).isZero();
        assertThat(clients.lease().getHttpClient().callTimeoutMillis()).isEqualTo(3_500);
    }

    private void create() throws ApiException {
        new CoreV1Api(clients().requests())
                .createNamespacedSecret("default", new V1Secret().metadata(new V1ObjectMeta().name("s")))
                .execute();
    }

    private ApiClients clients() {
        when(configured.getBasePath()).thenReturn(Optional.of(api.url()));
        return clients(new ClientBuilder().setBasePath(api.url()));
    }

    private ApiClients clients(ClientBuilder builder) {
        return new ApiClientsFactory()
                .clients(builder, configured, Fixture.configuration(), leadership, fixture.metrics);
    }
}
