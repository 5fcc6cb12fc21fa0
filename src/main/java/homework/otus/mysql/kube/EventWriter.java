package homework.otus.mysql.kube;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.child.Labels;
import homework.otus.mysql.config.OperatorConfiguration;
import homework.otus.mysql.step.Notice;
import homework.otus.mysql.telemetry.OperatorMetrics;
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

    private final EventsV1Api api;
    private final Clock clock;
    private final OperatorMetrics metrics;
    private final String instance;

    EventWriter(ApiClient client, Clock clock, OperatorConfiguration configuration, OperatorMetrics metrics) {
        this.api = new EventsV1Api(client);
        this.clock = clock;
        this.metrics = metrics;
        this.instance =
                configuration.getPodName().filter(name -> !name.isEmpty()).orElse(Labels.OPERATOR);
    }

    void tell(MySQL mysql, Notice notice) {
        V1ObjectMeta about = mysql.getMetadata();
        tell(
                about.getNamespace(),
                new V1ObjectReference()
                        .apiVersion(MySQL.API_VERSION)
                        .kind(MySQL.KIND)
                        .namespace(about.getNamespace())
                        .name(about.getName())
                        .uid(about.getUid())
                        .resourceVersion(about.getResourceVersion()),
                notice.reason().name(),
                notice.reason().warns(),
                notice.message());
    }

    /** A namespace that is being deleted refuses events of its own: this one is told in {@code default}. */
    public void tellReleasedWithNamespace(MySQL mysql) {
        V1ObjectMeta about = mysql.getMetadata();
        String message = "MySQL " + about.getName() + " was released without a final backup, because its namespace "
                + about.getNamespace() + " is being deleted";
        LOG.warn("{}", message);
        metrics.releasedWithoutBackup();
        tell(
                "default",
                new V1ObjectReference().apiVersion("v1").kind("Namespace").name(about.getNamespace()),
                "ReleasedWithoutBackup",
                true,
                message);
    }

    private void tell(String namespace, V1ObjectReference regarding, String reason, boolean warning, String message) {
        Instant now = clock.instant();
        long nanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        EventsV1Event event = new EventsV1Event()
                .metadata(new V1ObjectMeta()
                        .namespace(namespace)
                        .name(regarding.getName() + "." + Long.toHexString(nanos)))
                .eventTime(now.atOffset(ZoneOffset.UTC))
                .reportingController("otus.homework/" + Labels.OPERATOR)
                .reportingInstance(instance)
                .regarding(regarding)
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
                    regarding.getName(),
                    e.getCode(),
                    e.getResponseBody());
        }
    }
}
