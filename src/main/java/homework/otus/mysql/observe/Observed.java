package homework.otus.mysql.observe;

import homework.otus.mysql.api.BackupRecord;
import homework.otus.mysql.api.MySQL;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that a plan may depend on.
 *
 * @param credentials null where absent
 * @param service null where absent
 * @param earlierOwned a Secret or Service of an earlier life still waits for the garbage collector
 * @param namespaceTerminating the API server refuses new objects, for the namespace is being deleted
 */
public record Observed(
        MySQL mysql,
        Claim data,
        Claim backup,
        @Nullable V1Secret credentials,
        @Nullable V1Service service,
        boolean earlierOwned,
        Server server,
        JobRun backupJob,
        JobRun restoreJob,
        boolean namespaceTerminating,
        Instant now) {

    public String name() {
        return String.valueOf(mysql.getMetadata().getName());
    }

    public String uid() {
        return String.valueOf(mysql.getMetadata().getUid());
    }

    public boolean deleting() {
        return mysql.getMetadata().getDeletionTimestamp() != null;
    }

    public long generation() {
        Long generation = mysql.getMetadata().getGeneration();
        return generation == null ? 0 : generation;
    }

    /** This life's end has released the data claim: the backup is proven, or there is none to take. */
    public boolean released() {
        return uid().equals(data.releasedFor());
    }

    /** The final backup of this very data is proven. It has the MySQL object's uid for its id. */
    public boolean proven() {
        BackupRecord record = backup.record();
        return record != null
                && uid().equals(record.id())
                && (data.absent() || data.uid().equals(record.dataClaimUid()));
    }
}
