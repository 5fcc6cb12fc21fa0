package homework.otus.mysql.backup;

import static homework.otus.mysql.api.ConditionType.Ready;

import homework.otus.mysql.api.BackupRecord;
import homework.otus.mysql.api.ConditionType;
import homework.otus.mysql.api.RestorePolicy;
import homework.otus.mysql.child.Folders;
import homework.otus.mysql.child.JobActions;
import homework.otus.mysql.child.JobRun;
import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.Names;
import homework.otus.mysql.child.Presence;
import homework.otus.mysql.observe.Claim;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.Restored;
import homework.otus.mysql.observe.TroubleFinding;
import homework.otus.mysql.observe.Variants;
import homework.otus.mysql.program.JobOutcome;
import homework.otus.mysql.program.JobResult;
import homework.otus.mysql.step.Action;
import homework.otus.mysql.step.Advance;
import homework.otus.mysql.step.Capability;
import homework.otus.mysql.step.Finding;
import homework.otus.mysql.step.Phase;
import homework.otus.mysql.step.Reason;
import homework.otus.mysql.step.Step;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import java.time.Duration;
import java.util.function.Function;

/** Before a server is made: has everything been brought back that the backup volume may hold? */
public final class Restoring {
    /** Archives were found on the backup volume: its claim remembers. */
    public static final Capability FOUND = new Capability("FoundArchives");

    public static final Capability RESTORE = new Capability("Restore");

    private final ArchiveJobs jobs;
    private final Function<Observed, Folders> folders;
    private final Step<Observed> stopServer;

    public Restoring(ArchiveJobs jobs, Function<Observed, Folders> folders, Step<Observed> stopServer) {
        this.jobs = jobs;
        this.folders = folders;
        this.stopServer = stopServer;
    }

    /** Halts until a server may be made. */
    public Advance restore(Observed observed) {
        if (observed.server().presence() == Presence.OURS) {
            return observed.server().foundArchives() ? stopForRestore(observed) : Advance.NONE;
        }
        if (observed.server().orphaned()) {
            // It runs on the data.
            return Advance.NONE;
        }
        RestorePolicy policy = observed.mysql().getSpec().getRestorePolicy();
        if (policy == RestorePolicy.Never || olderThanTheData(observed)) {
            return Advance.NONE;
        }
        if (policy == RestorePolicy.IfPresent && !observed.backup().mayHoldArchives()) {
            return Advance.NONE;
        }
        JobRun job = observed.restoreJob();
        if (observed.data().presence() != Presence.OURS || observed.backup().object() == null) {
            return restoring(observed, Advance.NONE);
        }
        if (!job.ours()) {
            return restoring(observed, run(observed, 1));
        }
        JobResult result = job.result();
        if (job.answered() && result != null) {
            boolean enough = result.outcome() != JobOutcome.NothingToRestore || policy != RestorePolicy.Required;
            return enough ? Advance.NONE : lookAgain(observed);
        }
        return switch (job.state()) {
            case RUNNING -> restoring(observed, Advance.NONE);
            // What it said was read when the server became ready.
            case COMPLETE -> observed.hasServed() ? Advance.NONE : retry(observed);
            case FAILED -> retry(observed);
        };
    }

    /** Tells what became of an earlier life's rows. */
    public Advance tell(Observed observed) {
        JobRun job = observed.restoreJob();
        JobResult result = job.result();
        if (job.answered() && result != null) {
            return Advance.NONE.telling(
                    Restored.by(result)
                            ? Finding.yes(ConditionType.Restored, Reason.Restored, result.message())
                            : Finding.no(ConditionType.Restored, Reason.NothingToRestore, result.message()));
        }
        boolean needed = !observed.hasServed() && observed.mysql().getSpec().getRestorePolicy() != RestorePolicy.Never;
        if (needed && job.is(JobRun.State.FAILED)) {
            return Advance.NONE.telling(
                    Finding.no(ConditionType.Restored, Reason.RestoreFailed, JobEnd.ofRestore(observed)));
        }
        boolean forgotten = observed.restored() && observed.toldBefore(ConditionType.Restored) == null;
        return forgotten
                ? Advance.NONE.telling(Finding.yes(
                        ConditionType.Restored,
                        Reason.Restored,
                        "restored from " + Names.backupClaim(observed.name()) + ", as the data claim says"))
                : Advance.NONE;
    }

    /**
     * The Job of a restore is kept for inspection, its Pod goes once the data claim tells of it; one that found nothing
     * goes.
     */
    public Advance cleanUp(Observed observed) {
        JobRun job = observed.restoreJob();
        if (!job.is(JobRun.State.COMPLETE) || observed.server().presence() != Presence.OURS) {
            return Advance.NONE;
        }
        JobResult result = job.result();
        if (result != null && !Restored.by(result)) {
            // Until then it is remembered how often it was asked.
            return observed.server().ready() ? Advance.of(JobActions.CLEANUP, JobActions.remove(job)) : Advance.NONE;
        }
        return observed.data().served() != null
                        && observed.uid().equals(observed.data().served().restoredFor())
                ? Advance.of(JobActions.CLEANUP, JobActions.removePods(job))
                : Advance.NONE;
    }

    /** The newest archive was made of this very claim, which has served: what is on it now is as new, or newer. */
    private static boolean olderThanTheData(Observed observed) {
        BackupRecord record = observed.backup().record();
        return record != null
                && observed.data().served() != null
                && observed.data().uid().equals(record.dataClaimUid());
    }

    private Advance run(Observed observed, int attempt) {
        return Advance.of(
                RESTORE,
                JobActions.replace(
                        observed.restoreJob(),
                        jobs.restore(
                                observed.mysql(),
                                ArchiveJobs.Mounted.of(observed, folders.apply(observed)),
                                Variants.wanted(observed).image(),
                                attempt)));
    }

    /** Somebody may bring the missing archive. */
    private Advance lookAgain(Observed observed) {
        return observed.restoreJob().is(JobRun.State.RUNNING) ? failed(why(observed)) : retry(observed);
    }

    private Advance retry(Observed observed) {
        Duration wait = observed.retryAfter(observed.restoreJob());
        if (wait == null) {
            return restoring(observed, run(observed, observed.restoreJob().attempt() + 1));
        }
        return failed(why(observed)).lookingAgainAfter(wait);
    }

    private static String why(Observed observed) {
        return observed.restoreJob().answered()
                ? "spec.restorePolicy is Required, and " + Names.backupClaim(observed.name())
                        + " holds no backup: put one there, or set it to IfPresent to begin empty"
                : JobEnd.ofRestore(observed);
    }

    /**
     * A volume that was thought empty holds archives, as a statically provisioned one may. Where a Job was asked already,
     * it is asked again, but not without a delay.
     */
    private Advance stopForRestore(Observed observed) {
        Claim backup = observed.backup();
        V1PersistentVolumeClaim claim = backup.object();
        Advance advance = claim == null || backup.holdsArchives()
                ? Advance.NONE
                : Advance.of(FOUND, Action.PatchMetadata.annotate(claim, Labels.HOLDS_ARCHIVES, "true"));
        JobRun asked = observed.restoreJob();
        if (asked.ours() && asked.state() != JobRun.State.RUNNING) {
            Duration wait = observed.retryAfter(asked);
            if (wait != null) {
                return restoring(observed, advance).lookingAgainAfter(wait);
            }
            advance = advance.and(run(observed, asked.attempt() + 1));
        }
        return restoring(observed, advance.and(stopServer.advance(observed)));
    }

    private static Advance restoring(Observed observed, Advance advance) {
        return advance.halt(
                Phase.RESTORING,
                TroubleFinding.ofJob(observed, observed.restoreJob(), Names.restoreJob(observed.name()))
                        .orElse(Reason.Restoring, "restoring from " + Names.backupClaim(observed.name())),
                Finding.unknown(ConditionType.Restored, Reason.Restoring, "the restore Job is at work"));
    }

    private static Advance failed(String why) {
        return Advance.halting(Phase.RESTORE_FAILED, Finding.no(Ready, Reason.RestoreFailed, why));
    }
}
