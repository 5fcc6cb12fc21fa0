package homework.otus.mysql.kube;

import homework.otus.mysql.config.OperatorConfiguration;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1Container;
import io.micronaut.context.exceptions.ConfigurationException;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** The image that this operator runs from, which the Jobs run too. Asked for once, at the start. */
@Singleton
public final class OwnImage {
    static final String CONTAINER = "operator";

    private final OperatorConfiguration configuration;
    private final ApiClients clients;
    private @Nullable String reference;

    OwnImage(OperatorConfiguration configuration, ApiClients clients) {
        this.configuration = configuration;
        this.clients = clients;
    }

    /**
     * As in the Pod's spec, or {@code operator.image} where that is set.
     *
     * @throws ConfigurationException when neither can be had; the message says what to set
     */
    public synchronized String reference() {
        if (reference == null) {
            reference =
                    configuration.getImage().filter(image -> !image.isBlank()).orElseGet(this::imageOfOwnPod);
        }
        return reference;
    }

    private String imageOfOwnPod() {
        String pod = configuration
                .getPodName()
                .filter(name -> !name.isBlank())
                .orElseThrow(
                        () -> new ConfigurationException("The operator does not know its own image: set POD_NAME and"
                                + " POD_NAMESPACE (downward API) inside a cluster, OPERATOR_IMAGE outside"));
        String where = "Pod " + configuration.getNamespace() + "/" + pod;
        try {
            return new CoreV1Api(clients.requests())
                    .readNamespacedPod(pod, configuration.getNamespace()).execute().getSpec().getContainers().stream()
                            .filter(container -> CONTAINER.equals(container.getName()))
                            .map(V1Container::getImage)
                            .findFirst()
                            .orElseThrow(() -> new ConfigurationException(where + " has no container named " + CONTAINER
                                    + ": name it so, or set OPERATOR_IMAGE"));
        } catch (ApiException e) {
            throw new ConfigurationException(
                    "The operator's image cannot be read from its own " + where + ": " + e.getCode() + " "
                            + (e.getResponseBody() == null ? e.getMessage() : e.getResponseBody()),
                    e);
        }
    }
}
