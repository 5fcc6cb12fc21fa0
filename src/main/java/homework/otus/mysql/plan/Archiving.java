package homework.otus.mysql.plan;

import homework.otus.mysql.job.ArchiveRecord;
import homework.otus.mysql.job.JobOutcome;
import homework.otus.mysql.job.JobResult;
import homework.otus.mysql.manifest.ArchiveJobs;
import homework.otus.mysql.manifest.Labels;
import homework.otus.mysql.observe.JobRun;
import homework.otus.mysql.observe.Observed;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import java.util.Map;

/** An archive of a stopped server's data, by the backup Job. */
final class Archiving {
    /** How far it is. */
    enum State {
        RUNNING,
        FAILED,
        /** It is proven and will be recorded, or there was nothing to archive. */
        DONE
    }

    private final ArchiveJobs jobs;
    private final Storage storage;

    Archiving(ArchiveJobs jobs, Storage storage) {
        this.jobs = jobs;
        this.storage = storage;
    }

    /** @param id of the archive: what another archive's Job has done counts for nothing */
    State advance(Observed o, String id, Actions actions) {
        JobRun job = o.backupJob().doing(id);
        if (!job.ours()) {
            run(o, id, 1, actions);
            return State.RUNNING;
        }
        return switch (job.state()) {
            case RUNNING -> State.RUNNING;
            case FAILED -> State.FAILED;
            case COMPLETE -> complete(o, id, job, actions);
        };
    }

    void run(Observed o, String id, int attempt, Actions actions) {
        JobActions.replace(
                o.backupJob(),
                jobs.backup(o.mysql(), storage.folders(o), id, o.data().uid(), Variants.ofData(o), attempt),
                actions.of(Capability.ARCHIVE));
    }

    private State complete(Observed o, String id, JobRun job, Actions actions) {
        JobResult result = job.result();
        if (result == null) {
            // Its Pod was gone before it was read. The Job finds its own archive, proves it again and says so.
            run(o, id, job.attempt(), actions);
            return State.RUNNING;
        }
        V1PersistentVolumeClaim claim = o.backup().object();
        ArchiveRecord archive = result.archive();
        if (result.outcome() == JobOutcome.Complete && archive != null && claim != null) {
            actions.of(Capability.ARCHIVE)
                    .add(new Action.PatchMetadata(
                            claim,
                            null,
                            Map.of(),
                            Map.of(Labels.BACKUP_RECORD, JSON.getGson().toJson(Records.of(archive, o)))));
        }
        return State.DONE;
    }
}
