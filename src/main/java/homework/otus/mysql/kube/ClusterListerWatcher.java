package homework.otus.mysql.kube;

import homework.otus.mysql.telemetry.OperatorMetrics;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.informer.ListerWatcher;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.Pair;
import io.kubernetes.client.util.CallGeneratorParams;
import io.kubernetes.client.util.Watchable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/**
 * Fills one cache. Other than client-java's own, it lists what etcd holds now and in pages, and asks for bookmarks.
 *
 * <p>A list at the last known resource version can show a state from before a restart, and after a restored etcd it is
 * answered 504 "Too large resource version" for ever, for the informer never asks for another. Bookmarks keep the version
 * of a quiet watch young, which spares the relist after 410 "Expired".
 */
final class ClusterListerWatcher<T extends KubernetesObject> implements ListerWatcher<Decoded<T>, DecodedList<T>> {
    private static final int PAGE = 500;

    private final ResourceKind<T> kind;
    private final String namespace;
    private final ApiClients clients;
    private final OperatorMetrics metrics;
    private final NanoClock clock;
    private boolean listed;
    private volatile long lastContact;

    ClusterListerWatcher(
            ResourceKind<T> kind, String namespace, ApiClients clients, OperatorMetrics metrics, NanoClock clock) {
        this.kind = kind;
        this.namespace = namespace;
        this.clients = clients;
        this.metrics = metrics;
        this.clock = clock;
        this.lastContact = clock.nanoTime();
    }

    /** When a list or a watch was last begun. A watch ends after ten minutes at most, so an older one means a dead thread. */
    long lastContact() {
        return lastContact;
    }

    @Override
    public DecodedList<T> list(CallGeneratorParams params) throws ApiException {
        lastContact = clock.nanoTime();
        if (listed) {
            metrics.relisted(kind.plural());
        }
        DecodedList<T> all = page(null);
        String next = all.getMetadata().getContinue();
        while (next != null && !next.isEmpty()) {
            DecodedList<T> page = page(next);
            all.getItems().addAll(page.getItems());
            next = page.getMetadata().getContinue();
        }
        listed = true;
        return all;
    }

    @Override
    public Watchable<Decoded<T>> watch(CallGeneratorParams params) throws ApiException {
        lastContact = clock.nanoTime();
        List<Pair> query = query();
        query.add(new Pair("watch", "true"));
        query.add(new Pair("allowWatchBookmarks", "true"));
        query.add(new Pair("resourceVersion", params.resourceVersion));
        query.add(new Pair("timeoutSeconds", String.valueOf(params.timeoutSeconds)));
        return DecodedWatch.begin(clients.watches(), get(clients.watches(), query, kind.acceptWatch()), kind);
    }

    private DecodedList<T> page(@Nullable String next) throws ApiException {
        List<Pair> query = query();
        query.add(new Pair("limit", String.valueOf(PAGE)));
        if (next != null) {
            query.add(new Pair("continue", next));
        }
        ApiClient client = clients.requests();
        return DecodedList.get(client, get(client, query, kind.acceptList()), kind);
    }

    private List<Pair> query() {
        List<Pair> query = new ArrayList<>();
        if (!kind.labelSelector().isEmpty()) {
            query.add(new Pair("labelSelector", kind.labelSelector()));
        }
        return query;
    }

    private Call get(ApiClient client, List<Pair> query, String accept) throws ApiException {
        return client.buildCall(
                null,
                kind.path(namespace),
                "GET",
                query,
                List.of(),
                null,
                Map.of("Accept", accept),
                Map.of(),
                Map.of(),
                new String[] {"BearerToken"},
                null);
    }
}
