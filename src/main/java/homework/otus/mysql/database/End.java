package homework.otus.mysql.database;

import static homework.otus.mysql.api.ConditionType.Ready;

import homework.otus.mysql.api.DeletionPolicy;
import homework.otus.mysql.backup.Archiving;
import homework.otus.mysql.backup.Restoring;
import homework.otus.mysql.child.Finalizers;
import homework.otus.mysql.child.JobActions;
import homework.otus.mysql.child.JobRun;
import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.Ownership;
import homework.otus.mysql.child.Trouble;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.server.Serving;
import homework.otus.mysql.server.Stopping;
import homework.otus.mysql.step.Advance;
import homework.otus.mysql.step.Finding;
import homework.otus.mysql.step.Phase;
import homework.otus.mysql.step.Reason;
import homework.otus.mysql.step.Step;
import homework.otus.mysql.storage.Growth;
import homework.otus.mysql.storage.Storage;
import java.util.List;

/** From the deletion to nothing but the backup. */
final class End {
    private final Storage storage;

    End(Storage storage) {
        this.storage = storage;
    }

    Step<Observed> steps(Archiving archiving, Restoring restoring) {
        Step<Observed> awaitHolders = observed -> Waiting.forHolders(observed, archiving, Observed::uid);
        Step<Observed> archive = observed -> archiving.archive(observed, observed.uid());
        Step<Observed> release = this::release;
        Step<Observed> leaveBehind = this::leaveBehind;
        Step<Observed> awaitDataClaim = Waiting::forDataClaim;
        Step<Observed> releaseUnused = this::releaseUnused;
        // A larger backup volume may be the cure.
        Step<Observed> grow = Growth::backup;
        return Step.inOrder(List.of(
                Waiting::whilePaused,
                End::awaitOthersFinalizers,
                release.when(observed -> observed.namespaceTerminating() || observed.released()),
                this::relabelClaims,
                awaitDataClaim.when(End::nothingCanRead),
                End::stop,
                leaveBehind.when(End::retains),
                release.when(
                        observed -> skipsBackup(observed) || observed.data().absent()),
                awaitHolders,
                release.when(Observed::proven),
                releaseUnused.when(observed -> storage.neverProvided(observed) && !observed.mayHoldRows()),
                archiving::awaitVolume,
                End::awaitBackupClaim,
                storage::backupClaim,
                grow.when(observed -> finalBackup(observed).failed()),
                archive,
                releaseUnused,
                restoring::tell,
                storage::watchDataClaim));
    }

    private static Advance awaitOthersFinalizers(Observed observed) {
        return Finalizers.held(observed.mysql())
                ? Advance.NONE
                : Advance.halting(Phase.GONE, Waiting.releasing(observed));
    }

    /** What is written before the caches find the claims again, they could never show. */
    private Advance relabelClaims(Observed observed) {
        return observed.mislabelled()
                ? storage.relabel(observed).halt(Phase.STOPPING, Serving.stopping(observed))
                : Advance.NONE;
    }

    /** No new Pod may mount the data, so stopping the server would take away the only reader of the rows. */
    private static boolean nothingCanRead(Observed observed) {
        return observed.data().deleting() && !skipsBackup(observed) && !observed.proven() && !jobHoldsClaim(observed);
    }

    /** A Pod that mounted the claim before its deletion was asked for works on undisturbed. */
    private static boolean jobHoldsClaim(Observed observed) {
        JobRun job = finalBackup(observed);
        return job.is(JobRun.State.RUNNING) && job.trouble().is(Trouble.Kind.NONE)
                || job.is(JobRun.State.COMPLETE) && job.result() != null;
    }

    /** The server, and what was begun for another reason and has the volumes. */
    private static Advance stop(Observed observed) {
        JobRun restore = observed.restoreJob();
        JobRun other = finalBackup(observed).ours() ? JobRun.ABSENT : observed.backupJob();
        Advance stop = Stopping.server(observed)
                .and(JobActions.STOP, JobActions.stop(restore))
                .and(JobActions.STOP, JobActions.stop(other));
        return observed.server().stopped() && !restore.running() && !other.running()
                ? stop
                : stop.halt(Phase.STOPPING, Serving.stopping(observed));
    }

    private static Advance awaitBackupClaim(Observed observed) {
        return observed.backup().deleting()
                ? Waiting.lettingBackupClaimGo(observed)
                        .halt(
                                Phase.STOPPING,
                                Finding.no(
                                        Ready,
                                        Reason.Stopping,
                                        Waiting.backupClaimGoes(observed) + "; then a new one takes the final backup"))
                : Advance.NONE;
    }

    /** With a backup claim that nothing can be on. */
    private Advance releaseUnused(Observed observed) {
        return storage.removeUnusedBackupClaim(observed).and(release(observed));
    }

    private Advance release(Observed observed) {
        Advance release = storage.release(observed);
        return observed.data().object() == null
                ? release.and(Waiting.letGo(observed))
                : release.and(removePods(observed))
                        .halt(Phase.RELEASING, Waiting.releasing(observed), Archiving.outcome(observed));
    }

    private Advance leaveBehind(Observed observed) {
        return storage.leaveBehind(observed).and(removePods(observed)).and(Waiting.letGo(observed));
    }

    private static boolean retains(Observed observed) {
        return observed.mysql().getSpec().getDeletionPolicy() == DeletionPolicy.Retain
                && !observed.data().absent();
    }

    private static Advance removePods(Observed observed) {
        Advance remove = Advance.NONE;
        for (JobRun job : observed.jobs().values()) {
            remove = remove.and(JobActions.CLEANUP, JobActions.removePods(job));
        }
        return remove;
    }

    private static boolean skipsBackup(Observed observed) {
        return observed.uid().equals(Ownership.annotations(observed.mysql()).get(Labels.SKIP_FINAL_BACKUP));
    }

    private static JobRun finalBackup(Observed observed) {
        return observed.backupJob().doing(observed.uid());
    }
}
