package homework.otus.mysql.api;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import org.jspecify.annotations.Nullable;

/** A database ordered by a user: {@code otus.homework/v1}, kind {@code MySQL}. Mutable because client-java's Gson fills it. */
public final class MySQL implements KubernetesObject {
    public static final String GROUP = "otus.homework";
    public static final String VERSION = "v1";
    public static final String API_VERSION = GROUP + "/" + VERSION;
    public static final String KIND = "MySQL";
    public static final String PLURAL = "mysqls";

    private String apiVersion = API_VERSION;
    private String kind = KIND;
    private V1ObjectMeta metadata = new V1ObjectMeta();
    private MySQLSpec spec = new MySQLSpec();
    private @Nullable MySQLStatus status;

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
    public V1ObjectMeta getMetadata() {
        return metadata;
    }

    public void setMetadata(V1ObjectMeta metadata) {
        this.metadata = metadata;
    }

    public MySQLSpec getSpec() {
        return spec;
    }

    public void setSpec(MySQLSpec spec) {
        this.spec = spec;
    }

    public @Nullable MySQLStatus getStatus() {
        return status;
    }

    public void setStatus(@Nullable MySQLStatus status) {
        this.status = status;
    }
}
