package homework.otus.mysql.runtime;

import io.kubernetes.client.common.KubernetesListObject;
import io.kubernetes.client.openapi.models.V1ListMeta;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a metadata-only LIST of Secrets answers. Filled by Gson. */
final class SecretMetadataList implements KubernetesListObject {
    private String apiVersion = "meta.k8s.io/v1";
    private String kind = "PartialObjectMetadataList";
    private V1ListMeta metadata = new V1ListMeta();
    private @Nullable List<SecretMetadata> items;

    @Override
    public String getApiVersion() {
        return apiVersion;
    }

    @Override
    public String getKind() {
        return kind;
    }

    @Override
    public V1ListMeta getMetadata() {
        return metadata;
    }

    /** Other than in other lists, the API server writes null for none. */
    @Override
    public List<SecretMetadata> getItems() {
        if (items == null) {
            items = new ArrayList<>();
        }
        return items;
    }
}
