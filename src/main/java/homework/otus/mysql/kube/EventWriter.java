package homework.otus.mysql.kube;

import static java.util.Objects.requireNonNullElse;

import homework.otus.mysql.config.OperatorConfiguration;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.EventsV1Api;
import io.kubernetes.client.openapi.models.EventsV1Event;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1ObjectReference;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Emits events. One that can't be told is logged: no work waits for it. */
@Singleton
public final class EventWriter {
    private static final Logger LOG = LoggerFactory.getLogger(EventWriter.class);
    /** The API's limit on a note. */
    private static final int LONGEST_NOTE = 1024;

    /** Where the API has those about objects that have no namespace. */
    private static final String OF_THE_CLUSTER = "default";

    private final EventsV1Api api;
    private final Clock clock;
    private final OperatorIdentity identity;
    private final String instance;

    EventWriter(ApiClient client, Clock clock, OperatorConfiguration configuration, OperatorIdentity identity) {
        this.api = new EventsV1Api(client);
        this.clock = clock;
        this.identity = identity;
        this.instance =
                configuration.getPodName().filter(name -> !name.isEmpty()).orElse(identity.fieldManager());
    }

    /**
     * @param regarding with its apiVersion and kind
     * @param reason one word, in CamelCase
     * @param message what of it is longer than an event's note may be is cut off
     */
    public void tell(KubernetesObject regarding, String reason, boolean warning, String message) {
        V1ObjectMeta about = regarding.getMetadata();
        String namespace = requireNonNullElse(about.getNamespace(), OF_THE_CLUSTER);
        Instant now = clock.instant();
        long nanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        EventsV1Event event = new EventsV1Event()
                .metadata(new V1ObjectMeta().namespace(namespace).name(about.getName() + "." + Long.toHexString(nanos)))
                .eventTime(now.atOffset(ZoneOffset.UTC))
                .reportingController(identity.reportingController())
                .reportingInstance(instance)
                .regarding(new V1ObjectReference()
                        .apiVersion(regarding.getApiVersion())
                        .kind(regarding.getKind())
                        .namespace(about.getNamespace())
                        .name(about.getName())
                        .uid(about.getUid())
                        .resourceVersion(about.getResourceVersion()))
                .type(warning ? "Warning" : "Normal")
                .reason(reason)
                .action("Reconcile")
                .note(message.length() > LONGEST_NOTE ? message.substring(0, LONGEST_NOTE) : message);
        try {
            api.createNamespacedEvent(namespace, event).execute();
        } catch (ApiException e) {
            LOG.warn(
                    "the event {} of {} was not taken: HTTP {} {}",
                    reason,
                    about.getName(),
                    e.getCode(),
                    e.getResponseBody());
        }
    }
}
