package homework.otus.mysql.runtime;

import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1PersistentVolume;
import jakarta.inject.Singleton;
import java.util.Optional;

/** PersistentVolumes as the API server has them now: asked about only where the operator makes them itself. */
@Singleton
public class PersistentVolumes {
    private static final int NOT_FOUND = 404;

    private final CoreV1Api api;

    PersistentVolumes(ApiClients clients) {
        this.api = new CoreV1Api(clients.requests());
    }

    /** @throws IllegalStateException where the API server can't be asked */
    public Optional<V1PersistentVolume> get(String name) {
        try {
            return Optional.of(api.readPersistentVolume(name).execute());
        } catch (ApiException e) {
            if (e.getCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw new IllegalStateException("can't read PersistentVolume " + name + ": HTTP " + e.getCode(), e);
        }
    }
}
