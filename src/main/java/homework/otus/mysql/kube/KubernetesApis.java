package homework.otus.mysql.kube;

import static java.util.Objects.requireNonNullElse;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.kubernetes.client.common.KubernetesListObject;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.BatchV1Api;
import io.kubernetes.client.openapi.apis.CustomObjectsApi;
import io.kubernetes.client.openapi.models.V1Job;
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
    private final ResourceKinds kinds;
    private final CustomObjectsApi customs;
    private final BatchV1Api jobs;
    private final Map<Class<?>, GenericKubernetesApi<?, ?>> apis = new HashMap<>();

    KubernetesApis(ApiClient client, ResourceKinds kinds) {
        this.client = client;
        this.kinds = kinds;
        customs = new CustomObjectsApi(client);
        jobs = new BatchV1Api(client);
        for (ResourceKind<?> kind : kinds.all()) {
            if (kind.use() != ResourceKind.Use.NOTICED) {
                apis.put(kind.type(), api(kind));
            }
        }
    }

    /** Whose type of lists is of no matter: it is never asked for one. */
    private <T extends KubernetesObject> GenericKubernetesApi<T, KubernetesListObject> api(ResourceKind<T> kind) {
        return new GenericKubernetesApi<>(
                kind.type(), KubernetesListObject.class, kind.group(), kind.version(), kind.plural(), customs);
    }

    /** The object as it is stored: client-java's own types leave out {@code metadata.managedFields}. */
    JsonObject raw(KubernetesObject object) throws ApiException {
        String path = kinds.of(object.getClass())
                        .path(requireNonNullElse(object.getMetadata().getNamespace(), "")) + "/"
                + object.getMetadata().getName();
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

    /** Replaces the status of the object of a custom kind, where it is still the version that was read. */
    <T extends KubernetesObject> Decoded<T> replaceStatus(T object, String fieldManager) throws ApiException {
        @SuppressWarnings("unchecked") // an object is of its class
        ResourceKind<T> kind = kinds.of((Class<T>) object.getClass());
        Object answer = customs.replaceNamespacedCustomObjectStatus(
                        kind.group(),
                        kind.version(),
                        object.getMetadata().getNamespace(),
                        kind.plural(),
                        object.getMetadata().getName(),
                        object)
                .fieldManager(fieldManager)
                .execute();
        return Decoded.of(kind, client.getJSON().getGson().toJsonTree(answer).getAsJsonObject());
    }

    @SuppressWarnings("unchecked") // the map is filled by api() alone
    <T extends KubernetesObject> GenericKubernetesApi<T, ?> of(T object) {
        GenericKubernetesApi<T, ?> api = (GenericKubernetesApi<T, ?>) apis.get(object.getClass());
        if (api == null) {
            throw new IllegalArgumentException("no resource is written for " + object.getClass());
        }
        return api;
    }
}
