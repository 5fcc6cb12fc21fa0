package homework.otus.mysql.database;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.kube.ApiWriter;
import homework.otus.mysql.kube.EventWriter;
import homework.otus.mysql.step.Notice;
import homework.otus.mysql.telemetry.OperatorMetrics;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the status where it differs, and emits what changed. */
@Singleton
final class StatusWriter {
    private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);

    private final ApiWriter writer;
    private final EventWriter events;
    private final OperatorMetrics metrics;

    StatusWriter(ApiWriter writer, EventWriter events, OperatorMetrics metrics) {
        this.writer = writer;
        this.events = events;
        this.metrics = metrics;
    }

    /**
     * @param mysql as the API server last answered it
     * @return false where somebody wrote at the same moment: plan again
     */
    boolean write(MySQL mysql, Projection projection) {
        if (!projection.changed()) {
            return true;
        }
        MySQL next = new MySQL();
        next.setMetadata(mysql.getMetadata());
        next.setSpec(mysql.getSpec());
        next.setStatus(projection.status());
        if (!writer.updateStatus(next)) {
            return false;
        }
        for (Notice notice : projection.notices()) {
            events.tell(mysql, notice.reason().name(), notice.reason().warns(), notice.message());
        }
        return true;
    }

    /** A namespace that is being deleted refuses events of its own: this one is about it, and told outside of it. */
    void tellReleasedWithNamespace(MySQL mysql) {
        V1ObjectMeta about = mysql.getMetadata();
        String message = "MySQL " + about.getName() + " was released without a final backup, because its namespace "
                + about.getNamespace() + " is being deleted";
        LOG.warn("{}", message);
        metrics.releasedWithoutBackup();
        V1Namespace namespace = new V1Namespace()
                .apiVersion("v1")
                .kind("Namespace")
                .metadata(new V1ObjectMeta().name(about.getNamespace()));
        events.tell(namespace, "ReleasedWithoutBackup", true, message);
    }
}
