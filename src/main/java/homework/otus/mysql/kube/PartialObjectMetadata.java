package homework.otus.mysql.kube;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;

/** An object without its content, as the API server answers a metadata-only request. Filled by Gson. */
public final class PartialObjectMetadata implements KubernetesObject {
    private String apiVersion = "meta.k8s.io/v1";
    private String kind = "PartialObjectMetadata";
    private V1ObjectMeta metadata = new V1ObjectMeta();

    @Override
    public String getApiVersion() {
        return apiVersion;
    }

    @Override
    public String getKind() {
        return kind;
    }

    @Override
    public V1ObjectMeta getMetadata() {
        return metadata;
    }
}
