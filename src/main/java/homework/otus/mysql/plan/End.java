package homework.otus.mysql.plan;

import homework.otus.mysql.job.ArchiveRecord;
import homework.otus.mysql.job.JobOutcome;
import homework.otus.mysql.job.JobResult;
import homework.otus.mysql.manifest.ArchiveJobs;
import homework.otus.mysql.manifest.Claims;
import homework.otus.mysql.manifest.Labels;
import homework.otus.mysql.observe.Claim;
import homework.otus.mysql.observe.JobRun;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.Trouble;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From the deletion to nothing but the backup: stop the server, archive, prove, release. */
final class End {
    private final ArchiveJobs jobs;

    End(ArchiveJobs jobs) {
        this.jobs = jobs;
    }

    Plan plan(Observed o) {
        if (!Finalizers.held(o.mysql())) {
            return Plan.of(Phase.GONE, List.of());
        }
        if (o.namespaceTerminating() || o.released() || o.proven()) {
            return release(o, new ArrayList<>());
        }
        if (o.data().deleting() && !skipsBackup(o) && !jobHoldsClaim(o)) {
            // No new Pod may mount it, so stopping the server would take away the only reader of the rows.
            return Plan.of(Phase.DATA_VOLUME_TERMINATING, List.of());
        }
        List<Action> actions = new ArrayList<>();
        if (!stopped(o, actions)) {
            return Plan.of(Phase.STOPPING, actions);
        }
        if (skipsBackup(o) || o.data().absent() || o.data().phase() == Claim.VolumePhase.PENDING) {
            return release(o, actions);
        }
        return backUp(o, actions);
    }

    private static boolean skipsBackup(Observed o) {
        Map<String, String> annotations = o.mysql().getMetadata().getAnnotations();
        return annotations != null && o.uid().equals(annotations.get(Labels.SKIP_FINAL_BACKUP));
    }

    /** A Pod that mounted the claim before its deletion was asked for works on undisturbed. */
    private static boolean jobHoldsClaim(Observed o) {
        JobRun job = o.backupJob();
        return job.is(JobRun.State.RUNNING) && job.trouble() == Trouble.NONE
                || job.is(JobRun.State.COMPLETE) && job.result() != null;
    }

    private static boolean stopped(Observed o, List<Action> actions) {
        V1Deployment deployment = o.server().object();
        if (deployment != null && !o.server().deleting()) {
            actions.add(new Action.Delete(deployment, Action.Propagation.FOREGROUND));
        }
        JobRun restore = o.restoreJob();
        V1Job restoreJob = restore.object();
        boolean restoring = restoreJob != null && restore.state() == JobRun.State.RUNNING;
        if (restoreJob != null && restoring && restoreJob.getMetadata().getDeletionTimestamp() == null) {
            actions.add(new Action.Delete(restoreJob, Action.Propagation.FOREGROUND));
        }
        return o.server().stopped() && !restoring;
    }

    private Plan backUp(Observed o, List<Action> actions) {
        if (o.data().phase() == Claim.VolumePhase.LOST) {
            return Plan.of(Phase.BACKUP_FAILED, actions);
        }
        if (o.backup().deleting()) {
            return Plan.of(Phase.STOPPING, actions);
        }
        if (o.backup().absent()) {
            actions.add(new Action.Create(Claims.backup(o.mysql())));
        }
        JobRun job = o.backupJob();
        if (!job.ours()) {
            return run(o, 1, actions);
        }
        return switch (job.state()) {
            case RUNNING -> Plan.of(Phase.BACKING_UP, actions);
            case COMPLETE -> complete(o, actions);
            case FAILED -> retry(o, actions);
        };
    }

    private Plan complete(Observed o, List<Action> actions) {
        JobResult result = o.backupJob().result();
        if (result == null) {
            // Its Pod was gone before it was read. The Job finds its own archive, proves it again and says so.
            return run(o, o.backupJob().attempt(), actions);
        }
        V1PersistentVolumeClaim claim = o.backup().object();
        ArchiveRecord archive = result.archive();
        if (result.outcome() == JobOutcome.Complete && archive != null && claim != null) {
            actions.add(new Action.PatchMetadata(
                    claim,
                    null,
                    Map.of(),
                    Map.of(Labels.BACKUP_RECORD, JSON.getGson().toJson(Records.of(archive, o)))));
        }
        return release(o, actions);
    }

    private Plan run(Observed o, int attempt, List<Action> actions) {
        V1Job old = o.backupJob().object();
        if (old != null) {
            actions.add(new Action.Delete(old, Action.Propagation.BACKGROUND));
        }
        actions.add(new Action.Create(jobs.backup(o.mysql(), o.data().uid(), Records.servedImage(o), attempt)));
        return Plan.of(Phase.BACKING_UP, actions);
    }

    private Plan retry(Observed o, List<Action> actions) {
        Duration wait = Retry.until(o.backupJob(), o.now(), o.generation());
        if (wait.isZero() || wait.isNegative()) {
            return run(o, o.backupJob().attempt() + 1, actions);
        }
        return new Plan(Phase.BACKUP_FAILED, actions, wait);
    }

    /** The mark and the finalizer go in one write, so that a crash in between leaves no claim without either. */
    private static Plan release(Observed o, List<Action> actions) {
        V1PersistentVolumeClaim data = o.data().object();
        if (data == null) {
            actions.add(new Action.PatchMetadata(o.mysql(), Finalizers.without(o.mysql()), Map.of(), Map.of()));
            return Plan.of(Phase.GONE, actions);
        }
        if (o.data().holdsFinalizer() || !o.released()) {
            actions.add(new Action.PatchMetadata(
                    data, Finalizers.without(data), Map.of(), Map.of(Labels.RELEASED_FOR, o.uid())));
        }
        if (!o.data().deleting()) {
            actions.add(new Action.Delete(data, Action.Propagation.BACKGROUND));
        }
        // A finished Pod still holds its claims.
        for (JobRun job : List.of(o.backupJob(), o.restoreJob())) {
            for (V1Pod pod : job.pods()) {
                actions.add(new Action.Delete(pod, Action.Propagation.BACKGROUND));
            }
        }
        return Plan.of(Phase.RELEASING, actions);
    }
}
