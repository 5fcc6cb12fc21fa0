package homework.otus.mysql.database;

import static homework.otus.mysql.api.ConditionType.Ready;

import homework.otus.mysql.accounts.PasswordFinding;
import homework.otus.mysql.api.MySQLStatus;
import homework.otus.mysql.backup.ArchiveAdvice;
import homework.otus.mysql.backup.BackupFinding;
import homework.otus.mysql.child.JobRun;
import homework.otus.mysql.child.Names;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.Server;
import homework.otus.mysql.observe.TroubleFinding;
import homework.otus.mysql.program.JobResult;
import homework.otus.mysql.step.Finding;
import homework.otus.mysql.step.Plan;
import homework.otus.mysql.step.Reason;
import homework.otus.mysql.storage.DataVolumeFinding;
import java.util.function.Function;

/** Whether the database answers, and if not, what it waits for. */
public final class ReadyFinding {
    private static final String PAUSED = " is left alone until spec.paused is false";

    private ReadyFinding() {}

    static Finding of(Observed o, Plan plan, boolean withRestore) {
        String name = o.name();
        return switch (plan.phase()) {
            case PAUSED ->
                o.server().ready()
                        ? Finding.yes(Ready, Reason.Paused, name + PAUSED)
                        : Finding.no(Ready, Reason.Paused, name + PAUSED);
            case WAITING_FOR_SECRET ->
                Finding.no(Ready, Reason.SecretNotFound, o.wantedPassword().problem());
            case CHANGING_IMAGE ->
                TroubleFinding.ofJob(o, o.backupJob(), Names.backupJob(name))
                        .orElse(
                                Reason.ChangingImage,
                                "stopped to archive the data before "
                                        + o.mysql().getSpec().getImage() + " opens it");
            case SERVING ->
                Finding.yes(
                        Ready,
                        Reason.Serving,
                        name + " created " + (withRestore ? "with" : "without") + " restore-job");
            case STARTING -> starting(o, withRestore);
            case WAITING_FOR_EARLIER_LIFE ->
                Finding.no(
                        Ready,
                        Reason.EarlierLifeTerminating,
                        o.backup().deleting()
                                ? backupClaimGoes(name)
                                : "waiting until the objects that an earlier " + name + " left are gone"
                                        + lingering(o));
            case RESTORING ->
                TroubleFinding.ofJob(o, o.restoreJob(), Names.restoreJob(name))
                        .orElse(Reason.Restoring, "restoring from " + Names.backupClaim(name));
            case RESTORE_FAILED ->
                Finding.no(
                        Ready,
                        Reason.RestoreFailed,
                        o.restoreJob().answered()
                                ? "spec.restorePolicy is Required, and " + Names.backupClaim(name)
                                        + " holds no backup: put one there, or set it to IfPresent to begin empty"
                                : failure(o.restoreJob(), "restore", result -> ArchiveAdvice.ofRestore(name, result)));
            case DATA_VOLUME_TERMINATING -> Finding.no(Ready, Reason.DataClaimDeleted, DataVolumeFinding.message(o));
            case STOPPING -> Finding.no(Ready, Reason.Stopping, stopping(o));
            case BACKING_UP ->
                TroubleFinding.ofJob(o, o.backupJob(), Names.backupJob(name))
                        .orElse(Reason.BackingUp, "writing the final backup to " + Names.backupClaim(name));
            case BACKUP_FAILED -> Finding.no(Ready, Reason.BackupFailed, BackupFinding.failure(o));
            case RELEASING, GONE ->
                Finding.no(
                        Ready,
                        Reason.Releasing,
                        "removing " + Names.dataClaim(name) + " and what is left of " + name + lingering(o));
        };
    }

    private static String stopping(Observed o) {
        if (!o.holders().isEmpty()) {
            String pod = o.holders().get(0);
            return "Pod " + pod + " still mounts " + Names.dataClaim(o.name()) + " and may write to it: delete it"
                    + " (kubectl delete pod " + pod + "); until then nothing is archived, started or removed";
        }
        if (o.deleting() && o.server().stopped() && o.backup().deleting()) {
            return backupClaimGoes(o.name()) + "; then a new one takes the final backup";
        }
        return "stopping " + o.name() + (o.deleting() ? " for its final backup" : "") + lingering(o);
    }

    private static String lingering(Observed o) {
        return o.lingering().isEmpty() ? "" : ": it waits for " + String.join("; and for ", o.lingering());
    }

    private static String backupClaimGoes(String name) {
        return "waiting until " + Names.backupClaim(name) + ", which was deleted, is gone";
    }

    /**
     * What a Job said, or what is known of one that could not say anything.
     *
     * @param told what users read of its answer
     */
    public static String failure(JobRun job, String what, Function<JobResult, String> told) {
        JobResult result = job.result();
        if (job.lost()) {
            return "the " + what + " Job ended, and its answer was gone before it was read; it is tried again";
        }
        return result == null
                ? "the " + what
                        + " Job failed without reporting a reason: see kubectl describe job and kubectl logs; it is tried"
                        + " again, and at once when you delete it"
                : told.apply(result);
    }

    private static Finding starting(Observed o, boolean withRestore) {
        if (o.server().dataMissing()) {
            return Finding.no(
                    Ready,
                    Reason.DataMissing,
                    "a server has served from the volume of " + Names.dataClaim(o.name()) + ", and now its data"
                            + " directory is missing: nothing is initialised or removed; see \"The data is missing\""
                            + " in docs/operations.md");
        }
        if (o.folders() == Observed.NodeFolders.FAILED) {
            return Finding.no(
                    Ready,
                    Reason.Unschedulable,
                    "the folders of its volumes can't be made on the node: see kubectl describe job "
                            + Names.volumeJob(o.uid()) + " in the operator's namespace; it is tried again");
        }
        Finding refusal = o.passwords()
                .map(held -> PasswordFinding.refusal(Ready, o, held, withRestore))
                .orElse(null);
        if (refusal != null) {
            return refusal;
        }
        MySQLStatus status = o.mysql().getStatus();
        boolean servedBefore = status != null && status.image() != null;
        // One that is started anew, as for a change, is not yet expected to answer.
        boolean stoppedResponding = servedBefore && o.server().rollout() != Server.Rollout.RUNNING;
        return TroubleFinding.ofServer(o)
                .orElse(
                        stoppedResponding ? Reason.ServerNotReady : Reason.Starting,
                        stoppedResponding
                                ? "the server does not answer: see kubectl describe pod -l app=" + o.name()
                                : "starting " + o.name() + lingering(o));
    }
}
