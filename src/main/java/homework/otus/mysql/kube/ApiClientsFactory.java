package homework.otus.mysql.kube;

import homework.otus.mysql.config.OperatorConfiguration;
import homework.otus.mysql.telemetry.OperatorMetrics;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.Config;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.kubernetes.client.ApiClientConfiguration;
import io.micronaut.kubernetes.client.ApiClientFactory;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Makes the clients from what Micronaut found: KUBECONFIG, the home folder's kubeconfig, or the Pod's service account. */
@Factory
final class ApiClientsFactory {
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

    /** The client that is injected where nobody says which: it may be written with. */
    @Singleton
    @Replaces(bean = ApiClient.class, factory = ApiClientFactory.class)
    ApiClient requests(ApiClients clients) {
        return clients.requests();
    }

    @Singleton
    ApiClients clients(
            ClientBuilder builder,
            ApiClientConfiguration client,
            OperatorConfiguration operator,
            Leadership leadership,
            OperatorMetrics metrics) {
        if (builder.getBasePath().equals(Config.DEFAULT_FALLBACK_HOST)
                && client.getBasePath().isEmpty()) {
            throw new ConfigurationException(
                    "No cluster to talk to: set KUBECONFIG to the path of an existing kubeconfig,"
                            + " or run in a Pod with a service account token");
        }
        ApiClient requests = withCallTimeout(builder.build(), REQUEST_TIMEOUT);
        requests.setHttpClient(requests.getHttpClient()
                .newBuilder()
                .addNetworkInterceptor(new WriteFence(leadership, metrics))
                .build());
        ApiClient watches = builder.build();
        watches.setReadTimeout(0);
        ApiClient lease = withCallTimeout(
                builder.build(), operator.getLease().getRenewDeadline().dividedBy(2));
        return new ApiClients(requests, watches, lease);
    }

    private static ApiClient withCallTimeout(ApiClient client, Duration timeout) {
        client.setHttpClient(
                client.getHttpClient().newBuilder().callTimeout(timeout).build());
        client.setReadTimeout(Math.toIntExact(timeout.toMillis()));
        return client;
    }
}
