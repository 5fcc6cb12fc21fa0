package homework.otus.mysql.backup;

import homework.otus.mysql.api.BackupRecord;
import homework.otus.mysql.child.JobActions;
import homework.otus.mysql.child.JobRun;
import homework.otus.mysql.child.Labels;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.Served;
import homework.otus.mysql.observe.Variants;
import homework.otus.mysql.program.ArchiveRecord;
import homework.otus.mysql.program.JobOutcome;
import homework.otus.mysql.program.JobResult;
import homework.otus.mysql.step.Action;
import homework.otus.mysql.step.Actions;
import homework.otus.mysql.step.Capability;
import homework.otus.mysql.storage.Storage;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import java.util.Map;

/** An archive of a stopped server's data, by the backup Job, onto the backup claim that is there now. */
public final class Archiving {
    /** How far it is. */
    public enum State {
        RUNNING,
        /** Failed, or ended without an answer: to be tried again after a while. */
        FAILED,
        /** It is proven and recorded, or there was nothing to archive. */
        DONE
    }

    private final ArchiveJobs jobs;
    private final Storage storage;

    public Archiving(ArchiveJobs jobs, Storage storage) {
        this.jobs = jobs;
        this.storage = storage;
    }

    /** @param id of the archive: what another archive's Job has done is ignored */
    public State advance(Observed o, String id, Actions actions) {
        if (o.backup().object() == null || o.backup().deleting()) {
            // The Job names the claim's uid, so that it proves nothing of another claim of that name.
            return State.RUNNING;
        }
        if (o.recorded(id)) {
            return State.DONE;
        }
        JobRun job = o.backupJob().doing(id);
        if (!job.ours()) {
            run(o, id, 1, actions);
            return State.RUNNING;
        }
        return switch (job.state()) {
            case RUNNING -> State.RUNNING;
            case FAILED -> State.FAILED;
            case COMPLETE -> complete(o, job, actions);
        };
    }

    public void run(Observed o, String id, int attempt, Actions actions) {
        boolean look = attempt == 1 && Storage.neverUsed(o.backup()) && !Served.maybe(o);
        JobActions.replace(
                o.backupJob(),
                look
                        ? jobs.look(o.mysql(), storage.mounted(o), id)
                        : jobs.backup(o.mysql(), storage.mounted(o), id, Variants.ofData(o), attempt),
                actions.of(Capability.ARCHIVE));
    }

    /** Something may have written to the data since: the archive is to be made anew. */
    public void doubt(Observed o, String id, Actions actions) {
        if (o.backupJob().doing(id).ours()) {
            JobActions.remove(o.backupJob(), actions.of(Capability.ARCHIVE));
        }
        BackupRecord record = o.backup().record();
        if (record != null && o.recorded(id)) {
            record(o, Records.withoutProof(record), actions);
        }
    }

    private static State complete(Observed o, JobRun job, Actions actions) {
        JobResult result = job.result();
        if (result == null) {
            return State.FAILED;
        }
        ArchiveRecord archive = result.archive();
        if (result.outcome() != JobOutcome.Complete || archive == null) {
            return State.DONE;
        }
        record(o, Records.of(archive, o), actions);
        return State.RUNNING;
    }

    private static void record(Observed o, BackupRecord record, Actions actions) {
        V1PersistentVolumeClaim claim = o.backup().object();
        if (claim != null) {
            actions.of(Capability.ARCHIVE)
                    .add(new Action.PatchMetadata(
                            claim,
                            null,
                            Map.of(),
                            Map.of(Labels.BACKUP_RECORD, JSON.getGson().toJson(record))));
        }
    }
}
