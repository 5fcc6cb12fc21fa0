package homework.otus.mysql.runtime;

import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import jakarta.inject.Singleton;

/** Namespaces as the API server has them now: too seldom asked about to be watched. */
@Singleton
public class Namespaces {
    private static final int NOT_FOUND = 404;

    private final CoreV1Api api;

    Namespaces(ApiClients clients) {
        this.api = new CoreV1Api(clients.requests());
    }

    /**
     * Whether the namespace is being deleted, and so refuses every new object.
     *
     * @throws IllegalStateException where the API server can't be asked
     */
    public boolean terminating(String namespace) {
        try {
            return api.readNamespace(namespace).execute().getMetadata().getDeletionTimestamp() != null;
        } catch (ApiException e) {
            if (e.getCode() == NOT_FOUND) {
                return true;
            }
            throw new IllegalStateException("can't read namespace " + namespace + ": HTTP " + e.getCode(), e);
        }
    }
}
