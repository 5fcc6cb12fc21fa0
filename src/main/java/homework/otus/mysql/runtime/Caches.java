package homework.otus.mysql.runtime;

import homework.otus.mysql.api.MySQL;
import io.kubernetes.client.common.KubernetesObject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * The cluster as last heard: the MySQL objects, and those of their children that carry the label {@code
 * app.kubernetes.io/managed-by: mysql-operator}. Reading costs no API call. What is read is shared and must not be changed;
 * it lacks {@code metadata.managedFields}.
 *
 * <p>Held types: {@link MySQL}, {@code V1PersistentVolumeClaim}, {@code V1Secret}, {@code V1Service}, {@code V1Deployment},
 * {@code V1ReplicaSet}, {@code V1Pod}, {@code V1Job}. Asking for another is an {@link IllegalArgumentException}.
 */
@Singleton
public final class Caches {

    public <T extends KubernetesObject> Optional<T> get(Class<T> type, String namespace, String name) {
        throw new UnsupportedOperationException();
    }

    /** The objects that carry the label {@code otus.homework/mysql: <mysqlName>}, in no order. */
    public <T extends KubernetesObject> List<T> ofMySQL(Class<T> type, String namespace, String mysqlName) {
        throw new UnsupportedOperationException();
    }
}
