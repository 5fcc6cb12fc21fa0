package homework.otus.mysql.backup;

import static homework.otus.mysql.api.ConditionType.BackupSucceeded;
import static homework.otus.mysql.api.ConditionType.Ready;

import homework.otus.mysql.api.BackupRecord;
import homework.otus.mysql.child.Folders;
import homework.otus.mysql.child.JobActions;
import homework.otus.mysql.child.JobRun;
import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.Names;
import homework.otus.mysql.observe.Claim;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.TroubleFinding;
import homework.otus.mysql.observe.Variants;
import homework.otus.mysql.program.ArchiveRecord;
import homework.otus.mysql.program.JobOutcome;
import homework.otus.mysql.program.JobResult;
import homework.otus.mysql.step.Action;
import homework.otus.mysql.step.Advance;
import homework.otus.mysql.step.Capability;
import homework.otus.mysql.step.Finding;
import homework.otus.mysql.step.Phase;
import homework.otus.mysql.step.Reason;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An archive of a stopped server's data, by the backup Job, onto the backup claim that is there now. */
public final class Archiving {
    /** An archive, and its record on the backup claim. */
    public static final Capability ARCHIVE = new Capability("Archive");

    private final ArchiveJobs jobs;
    private final Function<Observed, Folders> folders;

    public Archiving(ArchiveJobs jobs, Function<Observed, Folders> folders) {
        this.jobs = jobs;
        this.folders = folders;
    }

    /**
     * Halts until it is proven and recorded, or there was nothing to archive. One that fails is tried again.
     *
     * @param id of the archive: what another archive's Job has done is ignored
     */
    public Advance archive(Observed observed, String id) {
        if (observed.backup().object() == null || observed.backup().deleting()) {
            // The Job names the claim's uid, so that it proves nothing of another claim of that name.
            return running(observed, Advance.NONE);
        }
        if (observed.recorded(id)) {
            return Advance.NONE;
        }
        JobRun job = observed.backupJob().doing(id);
        if (!job.ours()) {
            return running(observed, run(observed, id, 1));
        }
        return switch (job.state()) {
            case RUNNING -> running(observed, Advance.NONE);
            case FAILED -> retry(observed, id, job);
            case COMPLETE -> complete(observed, id, job);
        };
    }

    /** Why there is no archive, of its Job that has failed. */
    public static String failure(Observed observed, JobRun job) {
        JobResult result = job.result();
        return result == null
                ? "the Job failed without reporting a reason"
                : ArchiveAdvice.ofBackup(observed.name(), result);
    }

    /** Something may have written to the data since: the archive is to be made anew. */
    public Advance doubt(Observed observed, String id) {
        Advance doubt = observed.backupJob().doing(id).ours()
                ? Advance.of(ARCHIVE, JobActions.remove(observed.backupJob()))
                : Advance.NONE;
        BackupRecord record = observed.backup().record();
        return record != null && observed.recorded(id)
                ? doubt.and(ARCHIVE, record(observed, Records.withoutProof(record)))
                : doubt;
    }

    /** Halts where the data's volume is gone. */
    public Advance awaitVolume(Observed observed) {
        return observed.data().phase() == Claim.VolumePhase.LOST
                ? failed(
                        observed,
                        Reason.DataVolumeLost,
                        "the volume of " + Names.dataClaim(observed.name()) + " is gone, so there is nothing to read")
                : Advance.NONE;
    }

    /** What the final backup was, once the data may go; null where nobody can tell. */
    public static @Nullable Finding outcome(Observed observed) {
        JobRun job = observed.backupJob();
        JobResult result = job.result();
        if (!job.is(JobRun.State.COMPLETE)) {
            return Finding.no(
                    BackupSucceeded,
                    Reason.BackupSkipped,
                    "no final backup: nothing was written yet, or it was skipped");
        }
        if (result == null) {
            return null;
        }
        return result.outcome() == JobOutcome.Complete
                ? Finding.yes(BackupSucceeded, Reason.BackupProven, result.message())
                : Finding.no(BackupSucceeded, Reason.NothingToBackUp, result.message());
    }

    private Advance run(Observed observed, String id, int attempt) {
        boolean look = attempt == 1 && observed.backup().neverUsed() && !observed.mayHoldRows();
        ArchiveJobs.Mounted mounted = ArchiveJobs.Mounted.of(observed, folders.apply(observed));
        return Advance.of(
                ARCHIVE,
                JobActions.replace(
                        observed.backupJob(),
                        look
                                ? jobs.look(observed.mysql(), mounted, id)
                                : jobs.backup(observed.mysql(), mounted, id, Variants.ofData(observed), attempt)));
    }

    private Advance complete(Observed observed, String id, JobRun job) {
        JobResult result = job.result();
        if (result == null) {
            return retry(observed, id, job);
        }
        ArchiveRecord archive = result.archive();
        return result.outcome() != JobOutcome.Complete || archive == null
                ? Advance.NONE
                : running(observed, Advance.of(ARCHIVE, record(observed, Records.of(archive, observed))));
    }

    private Advance retry(Observed observed, String id, JobRun job) {
        Duration wait = observed.retryAfter(job);
        return wait == null
                ? running(observed, run(observed, id, job.attempt() + 1))
                : failed(observed, Reason.BackupFailed, JobEnd.ofBackup(observed))
                        .lookingAgainAfter(wait);
    }

    private static Advance running(Observed observed, Advance advance) {
        return advance.halt(
                Phase.BACKING_UP,
                TroubleFinding.ofJob(observed, observed.backupJob(), Names.backupJob(observed.name()))
                        .orElse(Reason.BackingUp, "writing the final backup to " + Names.backupClaim(observed.name())),
                Finding.unknown(BackupSucceeded, Reason.BackingUp, "the backup Job is at work"));
    }

    private static Advance failed(Observed observed, Reason reason, String why) {
        String message = why + "; to delete " + observed.name() + " without a final backup: kubectl annotate ms "
                + observed.name() + " " + Labels.SKIP_FINAL_BACKUP + "=" + observed.uid();
        return Advance.halting(
                Phase.BACKUP_FAILED,
                Finding.no(Ready, Reason.BackupFailed, message),
                Finding.no(BackupSucceeded, reason, message));
    }

    private static List<Action> record(Observed observed, BackupRecord record) {
        V1PersistentVolumeClaim claim = observed.backup().object();
        return claim == null
                ? List.of()
                : List.of(Action.PatchMetadata.annotate(
                        claim, Labels.BACKUP_RECORD, JSON.getGson().toJson(record)));
    }
}
