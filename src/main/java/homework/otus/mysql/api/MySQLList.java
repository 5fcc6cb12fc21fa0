package homework.otus.mysql.api;

import io.kubernetes.client.common.KubernetesListObject;
import io.kubernetes.client.openapi.models.V1ListMeta;
import java.util.ArrayList;
import java.util.List;

/** What the API server answers to a LIST of databases. */
public final class MySQLList implements KubernetesListObject {
    private String apiVersion = MySQL.API_VERSION;
    private String kind = MySQL.KIND + "List";
    private V1ListMeta metadata = new V1ListMeta();
    private List<MySQL> items = new ArrayList<>();

    @Override
    public String getApiVersion() {
        return apiVersion;
    }

    public void setApiVersion(String apiVersion) {
        this.apiVersion = apiVersion;
    }

    @Override
    public String getKind() {
        return kind;
    }

    public void setKind(String kind) {
        this.kind = kind;
    }

    @Override
    public V1ListMeta getMetadata() {
        return metadata;
    }

    public void setMetadata(V1ListMeta metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<MySQL> getItems() {
        return items;
    }

    public void setItems(List<MySQL> items) {
        this.items = items;
    }
}
