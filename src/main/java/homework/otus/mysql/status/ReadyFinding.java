package homework.otus.mysql.status;

import static homework.otus.mysql.api.ConditionType.Ready;

import homework.otus.mysql.api.MySQLStatus;
import homework.otus.mysql.job.JobResult;
import homework.otus.mysql.manifest.JobTemplate;
import homework.otus.mysql.manifest.Labels;
import homework.otus.mysql.manifest.Names;
import homework.otus.mysql.observe.JobRun;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.Server;
import homework.otus.mysql.observe.Trouble;
import homework.otus.mysql.observe.Unbound;
import homework.otus.mysql.plan.Plan;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether the database answers, and if not, what it waits for. */
final class ReadyFinding {
    private static final String SERVER = "Pod";
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
                trouble(o, o.backupJob().trouble(), Names.backupJob(name))
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
                                : "waiting until the objects that an earlier " + name + " left are gone");
            case RESTORING ->
                trouble(o, o.restoreJob().trouble(), Names.restoreJob(name))
                        .orElse(Reason.Restoring, "restoring from " + Names.backupClaim(name));
            case RESTORE_FAILED ->
                Finding.no(
                        Ready,
                        Reason.RestoreFailed,
                        o.restoreJob().answered()
                                ? "spec.restorePolicy is Required, and " + Names.backupClaim(name)
                                        + " holds no backup: put one there, or set it to IfPresent to begin empty"
                                : failure(o.restoreJob(), "restore"));
            case DATA_VOLUME_TERMINATING -> Finding.no(Ready, Reason.DataClaimDeleted, DataVolumeFinding.message(o));
            case STOPPING -> Finding.no(Ready, Reason.Stopping, stopping(o));
            case BACKING_UP ->
                trouble(o, o.backupJob().trouble(), Names.backupJob(name))
                        .orElse(Reason.BackingUp, "writing the final backup to " + Names.backupClaim(name));
            case BACKUP_FAILED -> Finding.no(Ready, Reason.BackupFailed, BackupFinding.failure(o));
            case RELEASING, GONE ->
                Finding.no(
                        Ready, Reason.Releasing, "removing " + Names.dataClaim(name) + " and what is left of " + name);
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
        return "stopping " + o.name() + (o.deleting() ? " for its final backup" : "");
    }

    private static String backupClaimGoes(String name) {
        return "waiting until " + Names.backupClaim(name) + ", which was deleted, is gone";
    }

    /** What a Job said, or what is known of one that could not say anything. */
    static String failure(JobRun job, String what) {
        JobResult result = job.result();
        if (job.lost()) {
            return "the " + what + " Job ended, and its answer was gone before it was read; it is tried again";
        }
        return result == null
                ? "the " + what + " Job failed without a word: see kubectl describe job and kubectl logs; it is tried"
                        + " again, and at once when you delete it"
                : result.message();
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
        boolean fallenSilent = servedBefore && o.server().rollout() != Server.Rollout.RUNNING;
        return trouble(o, o.server().trouble(), SERVER)
                .orElse(
                        fallenSilent ? Reason.ServerNotReady : Reason.Starting,
                        fallenSilent
                                ? "the server does not answer: see kubectl describe pod -l app=" + o.name()
                                : "starting " + o.name());
    }

    private static TroubleFinding trouble(Observed o, Trouble trouble, String where) {
        String pods = " see kubectl describe pod -l " + Labels.MYSQL + "=" + o.name();
        String detail = trouble.detail();
        return switch (trouble.kind()) {
            case NONE -> new TroubleFinding(null, "");
            case ADDED_CONTAINER ->
                new TroubleFinding(
                        Reason.ServerNotReady,
                        "the container " + trouble.container() + ", which is not the operator's, of the " + podOf(where)
                                + " ends again and again" + after(detail) + ": see kubectl logs -p -c "
                                + trouble.container() + ", and" + pods);
            case REFUSED -> new TroubleFinding(Reason.Refused, refused(where, trouble));
            case UNSCHEDULABLE -> new TroubleFinding(Reason.Unschedulable, unschedulable(o, where, detail) + pods);
            case IMAGE ->
                new TroubleFinding(
                        Reason.ImagePullFailed,
                        "the image " + detail + " of the " + where + " can't be pulled: check "
                                + (detail.equals(o.mysql().getSpec().getImage())
                                        ? "spec.image"
                                        : JobTemplate.CONTAINER.equals(trouble.container())
                                                ? "the operator's own image"
                                                : "where the container " + trouble.container() + " comes from")
                                + ", and" + pods);
            case CONTAINER_CONFIG ->
                new TroubleFinding(
                        Reason.ContainerConfigInvalid,
                        "the container " + trouble.container() + " of the " + where + " can't be made" + after(detail)
                                + ":" + pods);
            case CONFIG -> new TroubleFinding(Reason.ConfigRefused, "mysqld refuses spec.config: " + detail);
            case INITIALISATION ->
                new TroubleFinding(
                        Reason.InitialisationFailed,
                        "the data directory can't be initialised" + after(detail) + ": see kubectl logs deploy/"
                                + o.name() + " -c initialise");
            case CRASHING ->
                new TroubleFinding(
                        Reason.ServerCrashing,
                        "the " + where + " ends again and again" + after(detail) + ": see kubectl logs -p, and" + pods);
            case OUT_OF_MEMORY -> new TroubleFinding(Reason.ServerCrashing, outOfMemory(trouble, where));
        };
    }

    private static String unschedulable(Observed o, String where, String detail) {
        String waits = "the " + podOf(where) + " finds no node" + after(detail);
        if (o.unbound().isEmpty()) {
            return waits + ": see kubectl get pvc, and";
        }
        String claims = o.unbound().stream()
                .map(claim -> claim.claim() + " of " + storageClass(o, claim)
                        + (claim.words().isEmpty() ? "" : ": " + claim.words()))
                .collect(Collectors.joining("; and for "));
        return waits + "; it waits for the volume of " + claims + "; see kubectl describe pvc, and";
    }

    private static String storageClass(Observed o, Unbound claim) {
        String name = claim.storageClass();
        if (name == null) {
            return "the default storage class, but the cluster has none";
        }
        String asked = claim.claim().equals(Names.dataClaim(o.name()))
                ? o.mysql().getSpec().getStorageClassName()
                : o.mysql().getSpec().getBackup().storageClassName();
        return name.isEmpty()
                ? "no storage class"
                : "storage class " + name + (asked == null ? ", the cluster's default" : "");
    }

    static String refused(String where, Trouble trouble) {
        return "the API server refuses the " + podOf(where) + ": " + trouble.detail()
                + ": change what refuses it, or spec." + (where.equals(SERVER) ? "resources" : "jobResources");
    }

    private static String podOf(String where) {
        return where.equals(SERVER) ? "server's Pod" : "Pod of " + where;
    }

    private static String after(String detail) {
        return detail.isEmpty() ? "" : " (" + detail + ")";
    }

    private static String outOfMemory(Trouble trouble, String where) {
        boolean servers = !JobTemplate.CONTAINER.equals(trouble.container());
        String ends = "the container " + trouble.container() + " of the " + where + " is OOMKilled: ";
        if (trouble.detail().isEmpty()) {
            return ends + "its node has no memory left for it; give it a limit in spec.resources.limits.memory";
        }
        return ends + "it needs more than its memory limit of " + trouble.detail()
                + (servers ? "; raise spec.resources.limits.memory, or let spec.config ask for less" : "");
    }

    /** @param reason null where there is no trouble */
    private record TroubleFinding(@Nullable Reason reason, String message) {
        Finding orElse(Reason untroubled, String otherwise) {
            return reason == null ? Finding.no(Ready, untroubled, otherwise) : Finding.no(Ready, reason, message);
        }
    }
}
