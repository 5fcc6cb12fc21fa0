package homework.otus.mysql.observe;

import homework.otus.mysql.api.BackupRecord;
import homework.otus.mysql.api.Condition;
import homework.otus.mysql.api.ConditionType;
import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.api.MySQLStatus;
import homework.otus.mysql.child.HeldJob;
import homework.otus.mysql.child.JobRun;
import homework.otus.mysql.child.Names;
import homework.otus.mysql.child.Ownership;
import homework.otus.mysql.program.JobResult;
import homework.otus.mysql.step.Reason;
import homework.otus.mysql.step.Taken;
import io.kubernetes.client.common.KubernetesObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a plan may depend on. It was read from the caches and from where else it says, and is not changed any more.
 *
 * @param children the objects that carry the label of this MySQL's name, Pods, ReplicaSets, Jobs and claims apart
 * @param jobs by their names
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
        Instant now,
        Claim data,
        Claim backup,
        Server server,
        List<KubernetesObject> children,
        Map<String, JobRun> jobs,
        WantedPassword wantedPassword,
        boolean namespaceTerminating,
        NodeFolders folders,
        List<HeldJob> held,
        List<Unbound> unbound,
        List<String> holders,
        List<String> lingering,
        List<Taken> taken,
        MadeUp madeUp,
        Turn turn) {
    /** The folders of a database's static volumes. */
    public enum NodeFolders {
        /** Nobody waits for them, or nobody makes them yet. */
        NONE,
        BEING_MADE,
        MADE,
        /** The Job that makes them failed. */
        FAILED
    }

    public Observed with(Turn other) {
        return new Observed(
                mysql,
                now,
                data,
                backup,
                server,
                children,
                jobs,
                wantedPassword,
                namespaceTerminating,
                folders,
                held,
                unbound,
                holders,
                lingering,
                taken,
                madeUp,
                other);
    }

    public String name() {
        return String.valueOf(mysql.getMetadata().getName());
    }

    public String uid() {
        return Ownership.uid(mysql);
    }

    public boolean deleting() {
        return mysql.getMetadata().getDeletionTimestamp() != null;
    }

    public long generation() {
        Long generation = mysql.getMetadata().getGeneration();
        return generation == null ? 0 : generation;
    }

    /** This MySQL's child of that name, or one that nobody owns; null where absent. */
    public <T extends KubernetesObject> @Nullable T child(Class<T> type, String name) {
        return children.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(child -> name.equals(child.getMetadata().getName()))
                .filter(child -> Ownership.belongsTo(child, uid()))
                .findFirst()
                .orElse(null);
    }

    /** Something of an earlier life still waits for the garbage collector. */
    public boolean earlierOwned() {
        return children.stream().anyMatch(child -> !Ownership.belongsTo(child, uid()));
    }

    /** The Job of that name; {@link JobRun#ABSENT} where there is none. */
    public JobRun job(String name) {
        return jobs.getOrDefault(name, JobRun.ABSENT);
    }

    public JobRun backupJob() {
        return job(Names.backupJob(name()));
    }

    public JobRun restoreJob() {
        return job(Names.restoreJob(name()));
    }

    /** The reason that the condition gave so far, for what is told as long as nothing else is; null where there is none. */
    public @Nullable String toldBefore(ConditionType type) {
        MySQLStatus status = mysql.getStatus();
        return status == null
                ? null
                : status.condition(type).map(Condition::reason).orElse(null);
    }

    /** How long to wait until a failed Job is tried again; null: it is due. */
    public @Nullable Duration retryAfter(JobRun failed) {
        return failed.retryAfter(now, generation());
    }

    /**
     * This life's end has released the data claim: the backup is proven, or there is none to take. The finalizer goes by
     * the same write.
     */
    public boolean released() {
        return uid().equals(data.releasedFor()) && !data.holdsFinalizer();
    }

    /** Somebody has changed the labels by which the caches find the claims. */
    public boolean mislabelled() {
        return data.mislabelled() || backup.mislabelled();
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

    /** A server has become ready on the data volume, so that it can't be empty any more. */
    public boolean hasServed() {
        return data.served() != null || server.ready();
    }

    /** As far as anything but a look at the volume can tell. */
    public boolean mayHoldRows() {
        return hasServed() || restoreJob().is(JobRun.State.COMPLETE);
    }

    /** This life began with rows of an earlier one. */
    public boolean restored() {
        JobResult result = restoreJob().result();
        if (restoreJob().answered() && result != null) {
            return Restored.by(result);
        }
        return data.served() != null && uid().equals(data.served().restoredFor())
                // As an operator has told that wrote no such mark.
                || Reason.Restored.name().equals(toldBefore(ConditionType.Restored));
    }
}
