package homework.otus.mysql.kube;

import com.google.gson.JsonObject;
import com.google.gson.reflect.TypeToken;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.util.Watch;
import io.kubernetes.client.util.Watchable;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Iterator;
import okhttp3.Call;

/** A watch whose objects are decoded one by one. */
record DecodedWatch<T extends KubernetesObject>(ResourceKind<T> kind, Watch<JsonObject> events)
        implements Watchable<Decoded<T>> {
    private static final Type EVENT = new TypeToken<Watch.Response<JsonObject>>() {}.getType();

    static <T extends KubernetesObject> DecodedWatch<T> begin(ApiClient client, Call call, ResourceKind<T> kind)
            throws ApiException {
        return new DecodedWatch<>(kind, Watch.createWatch(client, call, EVENT));
    }

    @Override
    public Iterator<Watch.Response<Decoded<T>>> iterator() {
        return this;
    }

    @Override
    public boolean hasNext() {
        return events.hasNext();
    }

    @Override
    public Watch.Response<Decoded<T>> next() {
        Watch.Response<JsonObject> event = events.next();
        return event.object == null
                ? new Watch.Response<>(event.type, event.status)
                : new Watch.Response<>(event.type, Decoded.of(kind, event.object));
    }

    @Override
    public void close() throws IOException {
        events.close();
    }
}
