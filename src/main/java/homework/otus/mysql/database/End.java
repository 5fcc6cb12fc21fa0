package homework.otus.mysql.database;

import homework.otus.mysql.api.DeletionPolicy;
import homework.otus.mysql.backup.ArchiveJobs;
import homework.otus.mysql.backup.Archiving;
import homework.otus.mysql.child.Finalizers;
import homework.otus.mysql.child.JobActions;
import homework.otus.mysql.child.JobRun;
import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.Trouble;
import homework.otus.mysql.observe.Claim;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.Served;
import homework.otus.mysql.server.Stopping;
import homework.otus.mysql.step.Action;
import homework.otus.mysql.step.Actions;
import homework.otus.mysql.step.Capability;
import homework.otus.mysql.step.Phase;
import homework.otus.mysql.step.Plan;
import homework.otus.mysql.step.Retry;
import homework.otus.mysql.storage.Growth;
import homework.otus.mysql.storage.Storage;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import java.time.Duration;
import java.util.Map;

/** From the deletion to nothing but the backup: stop the server, archive, prove, release. */
final class End {
    /** A Pod that isn't ours sends us no event when it goes. */
    static final Duration HOLDER_CHECK = Duration.ofSeconds(15);

    private final Archiving archiving;
    private final Storage storage;

    End(ArchiveJobs jobs, Storage storage) {
        this.archiving = new Archiving(jobs, storage);
        this.storage = storage;
    }

    Plan plan(Observed o) {
        if (!Finalizers.held(o.mysql())) {
            return Plan.of(Phase.GONE);
        }
        Actions actions = new Actions();
        if (o.namespaceTerminating() || o.released()) {
            return release(o, actions);
        }
        if (o.data().mislabelled() || o.backup().mislabelled()) {
            // What is written before the caches find it again, they could never show.
            Storage.relabel(o, actions);
            return Plan.of(Phase.STOPPING, actions);
        }
        if (o.data().deleting() && !skipsBackup(o) && !o.proven() && !jobHoldsClaim(o)) {
            // No new Pod may mount it, so stopping the server would take away the only reader of the rows.
            return Plan.of(Phase.DATA_VOLUME_TERMINATING);
        }
        if (!stopped(o, actions)) {
            return Plan.of(Phase.STOPPING, actions);
        }
        if (o.mysql().getSpec().getDeletionPolicy() == DeletionPolicy.Retain
                && !o.data().absent()) {
            return leaveBehind(o, actions);
        }
        if (skipsBackup(o) || o.data().absent()) {
            return release(o, actions);
        }
        if (!o.holders().isEmpty()) {
            archiving.doubt(o, o.uid(), actions);
            return Plan.of(Phase.STOPPING, actions).lookingAgainAfter(HOLDER_CHECK);
        }
        if (o.proven()) {
            return release(o, actions);
        }
        if (storage.neverProvided(o) && !Served.maybe(o)) {
            return releaseUnused(o, actions);
        }
        return backUp(o, actions);
    }

    /** With a backup claim that nothing can be on. */
    private Plan releaseUnused(Observed o, Actions actions) {
        V1PersistentVolumeClaim backup = o.backup().object();
        if (backup != null && Storage.neverUsed(o.backup())) {
            actions.of(Capability.RELEASE).add(Action.Delete.unchanged(backup));
        }
        return release(o, actions);
    }

    private static boolean skipsBackup(Observed o) {
        Map<String, String> annotations = o.mysql().getMetadata().getAnnotations();
        return annotations != null && o.uid().equals(annotations.get(Labels.SKIP_FINAL_BACKUP));
    }

    /** A Pod that mounted the claim before its deletion was asked for works on undisturbed. */
    private static boolean jobHoldsClaim(Observed o) {
        JobRun job = finalBackup(o);
        return job.is(JobRun.State.RUNNING) && job.trouble().is(Trouble.Kind.NONE)
                || job.is(JobRun.State.COMPLETE) && job.result() != null;
    }

    private static boolean stopped(Observed o, Actions actions) {
        Served.markBeforeStop(o, actions.of(Capability.SERVED));
        Stopping.server(o, actions);
        boolean restoring = JobActions.stops(o.restoreJob(), actions.of(Capability.STOP));
        // One that was begun for another reason has the volumes.
        boolean archiving = !finalBackup(o).ours() && JobActions.stops(o.backupJob(), actions.of(Capability.STOP));
        return o.server().stopped() && !restoring && !archiving;
    }

    private static JobRun finalBackup(Observed o) {
        return o.backupJob().doing(o.uid());
    }

    private Plan backUp(Observed o, Actions actions) {
        if (o.data().phase() == Claim.VolumePhase.LOST) {
            return Plan.of(Phase.BACKUP_FAILED, actions);
        }
        if (o.backup().deleting()) {
            JobActions.letGo(o.backupJob(), actions.of(Capability.STOP));
            JobActions.letGo(o.restoreJob(), actions.of(Capability.STOP));
            return Plan.of(Phase.STOPPING, actions);
        }
        storage.backupClaim(o, actions);
        return switch (archiving.advance(o, o.uid(), actions)) {
            case RUNNING -> Plan.of(Phase.BACKING_UP, actions);
            case DONE -> releaseUnused(o, actions);
            case FAILED -> retry(o, actions);
        };
    }

    private Plan retry(Observed o, Actions actions) {
        Duration wait = Retry.until(o.backupJob(), o.now(), o.generation());
        boolean due = wait.isZero() || wait.isNegative();
        if (due) {
            archiving.run(o, o.uid(), o.backupJob().attempt() + 1, actions);
        }
        // A larger backup volume may be the cure.
        Growth.backup(o, actions);
        return due
                ? Plan.of(Phase.BACKING_UP, actions)
                : Plan.of(Phase.BACKUP_FAILED, actions).lookingAgainAfter(wait);
    }

    /** The data claim is the user's from now on; the next MySQL of this name adopts it. */
    private static Plan leaveBehind(Observed o, Actions actions) {
        V1PersistentVolumeClaim data = o.data().object();
        if (data != null && o.data().holdsFinalizer()) {
            actions.of(Capability.RELEASE)
                    .add(new Action.PatchMetadata(data, Finalizers.without(data), Map.of(), Map.of()));
        }
        o.jobs().all().forEach(job -> JobActions.removePods(job, actions.of(Capability.CLEANUP)));
        actions.of(Capability.LET_GO)
                .add(new Action.PatchMetadata(o.mysql(), Finalizers.without(o.mysql()), Map.of(), Map.of()));
        return Plan.of(Phase.GONE, actions);
    }

    /** The mark and the finalizer go in one write, so that a crash in between leaves no claim without either. */
    private Plan release(Observed o, Actions actions) {
        V1PersistentVolumeClaim data = o.data().object();
        if (data == null) {
            storage.release(o.data(), actions.of(Capability.RELEASE));
            actions.of(Capability.LET_GO)
                    .add(new Action.PatchMetadata(o.mysql(), Finalizers.without(o.mysql()), Map.of(), Map.of()));
            return Plan.of(Phase.GONE, actions);
        }
        if (o.data().holdsFinalizer() || !o.released()) {
            actions.of(Capability.RELEASE)
                    .add(new Action.PatchMetadata(
                            data, Finalizers.without(data), Map.of(), Map.of(Labels.RELEASED_FOR, o.uid())));
        }
        if (!o.data().deleting()) {
            actions.of(Capability.RELEASE).add(new Action.Delete(data, Action.Propagation.BACKGROUND));
        }
        o.jobs().all().forEach(job -> JobActions.removePods(job, actions.of(Capability.CLEANUP)));
        return Plan.of(Phase.RELEASING, actions);
    }
}
