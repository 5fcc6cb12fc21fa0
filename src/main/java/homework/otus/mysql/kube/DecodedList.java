package homework.otus.mysql.kube;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.kubernetes.client.common.KubernetesListObject;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ListMeta;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Call;
import okhttp3.Response;

/** What a LIST of any kind answers, its items decoded one by one as they arrive. */
final class DecodedList<T extends KubernetesObject> implements KubernetesListObject {
    private V1ListMeta metadata = new V1ListMeta();
    private final List<Decoded<T>> items = new ArrayList<>();

    static <T extends KubernetesObject> DecodedList<T> get(ApiClient client, Call call, ResourceKind<T> kind)
            throws ApiException {
        try (Response response = call.execute()) {
            if (!response.isSuccessful()) {
                // Throws, with what was answered.
                client.handleResponse(response, null);
            }
            return read(kind, response.body().charStream());
        } catch (IOException e) {
            throw new ApiException(e);
        }
    }

    static <T extends KubernetesObject> DecodedList<T> read(ResourceKind<T> kind, Reader json) throws IOException {
        Gson gson = JSON.getGson();
        TypeAdapter<JsonElement> tree = gson.getAdapter(JsonElement.class);
        DecodedList<T> list = new DecodedList<>();
        JsonReader in = new JsonReader(json);
        in.beginObject();
        while (in.hasNext()) {
            String field = in.nextName();
            if (field.equals("metadata")) {
                list.metadata = gson.fromJson(in, V1ListMeta.class);
            } else if (field.equals("items") && in.peek() == JsonToken.BEGIN_ARRAY) {
                in.beginArray();
                while (in.hasNext()) {
                    list.items.add(Decoded.of(kind, tree.read(in).getAsJsonObject()));
                }
                in.endArray();
            } else {
                // Of metadata alone, the API server writes null for no items.
                in.skipValue();
            }
        }
        in.endObject();
        return list;
    }

    @Override
    public String getApiVersion() {
        return "v1";
    }

    @Override
    public String getKind() {
        return "List";
    }

    @Override
    public V1ListMeta getMetadata() {
        return metadata;
    }

    @Override
    public List<Decoded<T>> getItems() {
        return items;
    }
}
