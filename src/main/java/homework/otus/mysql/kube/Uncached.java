package homework.otus.mysql.kube;

import homework.otus.mysql.config.OperatorConfiguration;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import io.kubernetes.client.openapi.apis.BatchV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.CoreV1Event;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1PersistentVolume;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1ReplicaSet;
import io.kubernetes.client.openapi.models.V1Secret;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/**
 * Objects as the API server has them now, for what is needed too seldom to be watched or is not the operator's to hold.
 * Every method throws an {@link IllegalStateException} where the API server can't be asked.
 */
@Singleton
public final class Uncached {
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;
    private static final int ATTEMPTS = 3;

    private final CoreV1Api api;
    private final AppsV1Api apps;
    private final BatchV1Api jobs;
    private final ResourceKinds kinds;
    private final String ownNamespace;

    Uncached(ApiClients clients, ResourceKinds kinds, OperatorConfiguration configuration) {
        this.api = new CoreV1Api(clients.requests());
        this.apps = new AppsV1Api(clients.requests());
        this.jobs = new BatchV1Api(clients.requests());
        this.kinds = kinds;
        this.ownNamespace = configuration.getNamespace();
    }

    /** Whether the namespace is being deleted, and so refuses every new object. */
    public boolean terminatingNamespace(String name) {
        return find("namespace " + name, () -> api.readNamespace(name).execute())
                .map(namespace -> namespace.getMetadata().getDeletionTimestamp() != null)
                .orElse(true);
    }

    /** A Secret of somebody else's. */
    public Optional<V1Secret> secret(String namespace, String name) {
        return find(
                "Secret " + name + " in namespace " + namespace,
                () -> api.readNamespacedSecret(name, namespace).execute());
    }

    public Optional<V1PersistentVolume> persistentVolume(String name) {
        return find(
                "PersistentVolume " + name, () -> api.readPersistentVolume(name).execute());
    }

    public Optional<V1PersistentVolumeClaim> claim(String namespace, String name) {
        return find(
                "PersistentVolumeClaim " + name + " in namespace " + namespace,
                () -> api.readNamespacedPersistentVolumeClaim(name, namespace).execute());
    }

    /** Every Pod of the namespace, whatever its labels say; of one that can't be read, what {@link Decoded} keeps. */
    public List<V1Pod> pods(String namespace) {
        return pods(namespace, (String) null);
    }

    /** Those of a Job, by the label that the API server gives them. */
    public List<V1Pod> pods(String namespace, V1Job job) {
        return pods(
                namespace,
                "batch.kubernetes.io/controller-uid=" + job.getMetadata().getUid());
    }

    private List<V1Pod> pods(String namespace, @Nullable String selector) {
        return list(
                V1Pod.class,
                "Pods of namespace " + namespace,
                () -> api.listNamespacedPod(namespace).labelSelector(selector).buildCall(null));
    }

    /** All of the namespace, whatever their labels say. */
    public List<V1ReplicaSet> replicaSets(String namespace) {
        return list(
                V1ReplicaSet.class,
                "ReplicaSets of namespace " + namespace,
                () -> apps.listNamespacedReplicaSet(namespace).buildCall(null));
    }

    public Optional<V1Deployment> deployment(String namespace, String name) {
        return find(
                "Deployment " + name + " in namespace " + namespace,
                () -> apps.readNamespacedDeployment(name, namespace).execute());
    }

    private <T extends KubernetesObject> List<T> list(Class<T> type, String what, Read<Call> call) {
        try {
            return ask(() -> DecodedList.get(api.getApiClient(), call.execute(), kinds.of(type))).getItems().stream()
                    .map(Decoded::object)
                    .toList();
        } catch (ApiException e) {
            throw new IllegalStateException("can't list the " + what + ": HTTP " + e.getCode(), e);
        }
    }

    /** A Job in the operator's own namespace. */
    public Optional<V1Job> ownJob(String name) {
        return find(
                "Job " + name, () -> jobs.readNamespacedJob(name, ownNamespace).execute());
    }

    /** What the last event of that reason says of the object; empty where there is none. */
    public Optional<String> words(KubernetesObject object, String reason) {
        String namespace = object.getMetadata().getNamespace();
        try {
            return ask(() -> api.listNamespacedEvent(namespace)
                            .fieldSelector("reason=" + reason + ",involvedObject.uid="
                                    + object.getMetadata().getUid())
                            .execute())
                    .getItems()
                    .stream()
                    .map(CoreV1Event::getMessage)
                    .filter(Objects::nonNull)
                    .reduce((first, second) -> second);
        } catch (ApiException e) {
            throw new IllegalStateException(
                    "can't list the events of namespace " + namespace + ": HTTP " + e.getCode(), e);
        }
    }

    private interface Read<T> {
        T execute() throws ApiException;
    }

    /** A pass has several reads, and one that fails ends it: so what a second try may cure is tried again at once. */
    private static <T> T ask(Read<T> read) throws ApiException {
        for (int attempt = 1; ; attempt++) {
            try {
                return read.execute();
            } catch (ApiException e) {
                boolean passing = e.getCode() == 0 || e.getCode() >= SERVER_ERROR;
                if (!passing || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static <T extends KubernetesObject> Optional<T> find(String what, Read<T> read) {
        try {
            return Optional.of(ask(read));
        } catch (ApiException e) {
            if (e.getCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw new IllegalStateException("can't read " + what + ": HTTP " + e.getCode(), e);
        }
    }
}
