package homework.otus.mysql.runtime;

import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1Secret;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Secrets that MySQL objects name: asked for when such an object is worked on, and held nowhere. */
@Singleton
public class ReferencedSecrets {
    private static final int NOT_FOUND = 404;

    private final CoreV1Api api;

    ReferencedSecrets(ApiClients clients) {
        this.api = new CoreV1Api(clients.requests());
    }

    /**
     * The Secret as the API server has it now.
     *
     * @throws IllegalStateException where the API server can't be asked
     */
    public Optional<V1Secret> get(String namespace, String name) {
        try {
            return Optional.of(api.readNamespacedSecret(name, namespace).execute());
        } catch (ApiException e) {
            if (e.getCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw new IllegalStateException(
                    "can't read Secret " + name + " in namespace " + namespace + ": HTTP " + e.getCode(), e);
        }
    }
}
