package homework.otus.mysql.kube;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.api.MySQLList;
import io.kubernetes.client.common.KubernetesListObject;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.BatchV1Api;
import io.kubernetes.client.openapi.apis.CustomObjectsApi;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentList;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1JobList;
import io.kubernetes.client.openapi.models.V1PersistentVolume;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimList;
import io.kubernetes.client.openapi.models.V1PersistentVolumeList;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodList;
import io.kubernetes.client.openapi.models.V1ReplicaSet;
import io.kubernetes.client.openapi.models.V1ReplicaSetList;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1SecretList;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceList;
import io.kubernetes.client.openapi.models.V1Status;
import io.kubernetes.client.util.PatchUtils;
import io.kubernetes.client.util.generic.GenericKubernetesApi;
import io.kubernetes.client.util.generic.KubernetesApiResponse;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/** The resources that are written, by the class of their objects. */
@Singleton
final class KubernetesApis {
    private final ApiClient client;
    private final CustomObjectsApi mysqls;
    private final BatchV1Api jobs;
    private final Map<Class<?>, GenericKubernetesApi<?, ?>> apis = new HashMap<>();
    private final Map<Class<?>, String> paths = new HashMap<>();

    KubernetesApis(ApiClient client) {
        this.client = client;
        mysqls = new CustomObjectsApi(client);
        jobs = new BatchV1Api(client);
        add(client, MySQL.class, MySQLList.class, MySQL.GROUP, MySQL.PLURAL);
        add(client, V1PersistentVolume.class, V1PersistentVolumeList.class, "", "persistentvolumes");
        add(client, V1PersistentVolumeClaim.class, V1PersistentVolumeClaimList.class, "", "persistentvolumeclaims");
        add(client, V1Secret.class, V1SecretList.class, "", "secrets");
        add(client, V1Service.class, V1ServiceList.class, "", "services");
        add(client, V1Pod.class, V1PodList.class, "", "pods");
        add(client, V1Deployment.class, V1DeploymentList.class, "apps", "deployments");
        add(client, V1ReplicaSet.class, V1ReplicaSetList.class, "apps", "replicasets");
        add(client, V1Job.class, V1JobList.class, "batch", "jobs");
    }

    private <T extends KubernetesObject, L extends KubernetesListObject> void add(
            ApiClient client, Class<T> type, Class<L> listType, String group, String plural) {
        apis.put(type, new GenericKubernetesApi<>(type, listType, group, "v1", plural, client));
        paths.put(type, (group.isEmpty() ? "/api/v1" : "/apis/" + group + "/v1") + "/namespaces/%s/" + plural + "/%s");
    }

    /** The object as it is stored: client-java's own types leave out {@code metadata.managedFields}. */
    JsonObject raw(KubernetesObject object) throws ApiException {
        String path = String.valueOf(paths.get(object.getClass()))
                .formatted(
                        object.getMetadata().getNamespace(),
                        object.getMetadata().getName());
        Call call = client.buildCall(
                null,
                path,
                "GET",
                List.of(),
                List.of(),
                null,
                Map.of("Accept", "application/json"),
                Map.of(),
                Map.of(),
                new String[] {"BearerToken"},
                null);
        return client.<JsonObject>execute(call, JsonObject.class).getData();
    }

    /** {@link GenericKubernetesApi} has no patch of a status alone. */
    KubernetesApiResponse<V1Job> patchStatus(V1Job job, String mergePatch, String fieldManager) {
        try {
            return new KubernetesApiResponse<>(PatchUtils.patch(
                    V1Job.class,
                    () -> jobs.patchNamespacedJobStatus(
                                    job.getMetadata().getName(),
                                    job.getMetadata().getNamespace(),
                                    new V1Patch(mergePatch))
                            .fieldManager(fieldManager)
                            .buildCall(null),
                    V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH,
                    client));
        } catch (ApiException e) {
            if (e.getCode() == 0) {
                throw new IllegalStateException("can't reach the API server", e);
            }
            return new KubernetesApiResponse<>(status(e), e.getCode());
        }
    }

    private @Nullable V1Status status(ApiException e) {
        try {
            return client.getJSON().getGson().fromJson(e.getResponseBody(), V1Status.class);
        } catch (JsonParseException unreadable) {
            return null;
        }
    }

    CustomObjectsApi mysqls() {
        return mysqls;
    }

    @SuppressWarnings("unchecked") // the map is filled by add() alone
    <T extends KubernetesObject> GenericKubernetesApi<T, ?> of(T object) {
        GenericKubernetesApi<T, ?> api = (GenericKubernetesApi<T, ?>) apis.get(object.getClass());
        if (api == null) {
            throw new IllegalArgumentException("no resource is written for " + object.getClass());
        }
        return api;
    }
}
