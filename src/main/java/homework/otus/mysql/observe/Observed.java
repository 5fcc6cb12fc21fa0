package homework.otus.mysql.observe;

import homework.otus.mysql.accounts.Passwords;
import homework.otus.mysql.api.BackupRecord;
import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.child.HeldJob;
import homework.otus.mysql.child.JobRun;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that a plan may depend on.
 *
 * @param credentials null where absent
 * @param binding null where absent
 * @param service null where absent
 * @param earlierOwned a Secret or Service of an earlier life still waits for the garbage collector
 * @param namespaceTerminating the API server refuses new objects, for the namespace is being deleted
 * @param folders whether the node has those of static volumes that are still to be made
 * @param held of the Jobs, those that a container of somebody else's keeps from ending
 * @param unbound the claims without a volume, looked for only where a Pod finds no node
 * @param holders the unfinished Pods, other than those of the Jobs, that mount the data claim whatever their labels say;
 *     looked for only where no server is known, before anything is decided that needs one to be gone
 * @param lingering what was told to go a while ago and has not, in words
 * @param taken of its children, those that an admission policy has made something else of
 * @param madeUp what nobody knows, for when credentials have to be made
 * @param turn whether it may be restarted for a newer operator's sake
 */
public record Observed(
        MySQL mysql,
        Claim data,
        Claim backup,
        WantedPassword wantedPassword,
        @Nullable V1Secret credentials,
        @Nullable V1Secret binding,
        @Nullable V1Service service,
        boolean earlierOwned,
        Server server,
        Jobs jobs,
        boolean namespaceTerminating,
        NodeFolders folders,
        List<HeldJob> held,
        List<Unbound> unbound,
        Instant now,
        List<String> holders,
        List<String> lingering,
        List<Taken> taken,
        MadeUp madeUp,
        Turn turn) {

    public Observed with(Turn other) {
        return new Observed(
                mysql,
                data,
                backup,
                wantedPassword,
                credentials,
                binding,
                service,
                earlierOwned,
                server,
                jobs,
                namespaceTerminating,
                folders,
                held,
                unbound,
                now,
                holders,
                lingering,
                taken,
                madeUp,
                other);
    }

    /** What the credentials Secret knows; empty where there is none, or it doesn't hold what an operator writes. */
    public Optional<Passwords> passwords() {
        return Passwords.of(credentials, madeUp);
    }

    /** The folders of a database's static volumes. */
    public enum NodeFolders {
        /** Nobody waits for them, or nobody makes them yet. */
        NONE,
        BEING_MADE,
        MADE,
        /** The Job that makes them failed. */
        FAILED
    }

    public String name() {
        return String.valueOf(mysql.getMetadata().getName());
    }

    public String uid() {
        return String.valueOf(mysql.getMetadata().getUid());
    }

    public JobRun backupJob() {
        return jobs.backup();
    }

    public JobRun restoreJob() {
        return jobs.restore();
    }

    public boolean deleting() {
        return mysql.getMetadata().getDeletionTimestamp() != null;
    }

    public long generation() {
        Long generation = mysql.getMetadata().getGeneration();
        return generation == null ? 0 : generation;
    }

    /**
     * This life's end has released the data claim: the backup is proven, or there is none to take. The finalizer goes by
     * the same write.
     */
    public boolean released() {
        return uid().equals(data.releasedFor()) && !data.holdsFinalizer();
    }

    /** The final backup of this very data is on this very backup claim. It has the MySQL object's uid for its id. */
    public boolean proven() {
        return recorded(uid());
    }

    /** An archive of this id, of this very data, is on the very backup claim that is there now. */
    public boolean recorded(String id) {
        BackupRecord record = backup.record();
        return record != null
                && id.equals(record.id())
                && backup.object() != null
                && !backup.deleting()
                && backup.uid().equals(record.backupClaimUid())
                && (data.absent() || data.uid().equals(record.dataClaimUid()));
    }
}
