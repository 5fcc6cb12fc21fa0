package homework.otus.mysql.kube;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.database.Projection;
import homework.otus.mysql.step.Notice;
import io.kubernetes.client.extended.controller.reconciler.Request;
import jakarta.inject.Singleton;

/** Writes the status where it differs, and emits what changed. */
@Singleton
public final class StatusWriter {
    private final ApiWriter writer;
    private final EventWriter events;

    StatusWriter(ApiWriter writer, EventWriter events) {
        this.writer = writer;
        this.events = events;
    }

    /**
     * @param mysql as the API server last answered it
     * @return false where somebody wrote at the same moment: plan again
     */
    public boolean write(MySQL mysql, Projection projection) {
        if (!projection.changed()) {
            return true;
        }
        MySQL next = new MySQL();
        next.setMetadata(mysql.getMetadata());
        next.setSpec(mysql.getSpec());
        next.setStatus(projection.status());
        Request key = new Request(
                mysql.getMetadata().getNamespace(), mysql.getMetadata().getName());
        if (writer.updateStatus(key, next).problem() != null) {
            return false;
        }
        for (Notice notice : projection.notices()) {
            events.tell(mysql, notice);
        }
        return true;
    }
}
