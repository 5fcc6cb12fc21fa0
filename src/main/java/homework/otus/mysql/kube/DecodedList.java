package homework.otus.mysql.kube;

import io.kubernetes.client.common.KubernetesListObject;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ListMeta;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a LIST of any kind answers. Filled by Gson. */
final class DecodedList<T extends KubernetesObject> implements KubernetesListObject {
    private String apiVersion = "v1";
    private String kind = "List";
    private V1ListMeta metadata = new V1ListMeta();
    private @Nullable List<Decoded<T>> items;

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

    /** Of metadata alone, the API server writes null for none. */
    @Override
    public List<Decoded<T>> getItems() {
        if (items == null) {
            items = new ArrayList<>();
        }
        return items;
    }
}
