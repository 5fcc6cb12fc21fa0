package homework.otus.mysql.observe;

import static homework.otus.mysql.api.ConditionType.Ready;

import homework.otus.mysql.api.ConditionType;
import homework.otus.mysql.child.ContainerNames;
import homework.otus.mysql.child.JobRun;
import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.Names;
import homework.otus.mysql.child.Trouble;
import homework.otus.mysql.step.Finding;
import homework.otus.mysql.step.Reason;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a Pod from its work, in words.
 *
 * @param reason null where there is no trouble
 */
public record TroubleFinding(@Nullable Reason reason, String message) {
    private static final String SERVER = "Pod";

    public static TroubleFinding ofServer(Observed observed) {
        return of(observed, observed.server().trouble(), SERVER);
    }

    public static TroubleFinding ofJob(Observed observed, JobRun job, String name) {
        return of(observed, job.trouble(), name);
    }

    /** Null where there is none, or the Job has ended. */
    public static @Nullable Finding ofRunning(
            ConditionType type, Observed observed, JobRun job, String name, String then) {
        TroubleFinding trouble = ofJob(observed, job, name);
        return trouble.reason == null || !job.is(JobRun.State.RUNNING)
                ? null
                : Finding.no(type, trouble.reason, trouble.message + then);
    }

    /** Of {@code Ready}. */
    public Finding orElse(Reason untroubled, String otherwise) {
        return reason == null ? Finding.no(Ready, untroubled, otherwise) : Finding.no(Ready, reason, message);
    }

    private static TroubleFinding of(Observed observed, Trouble trouble, String where) {
        String pods = " see kubectl describe pod -l " + Labels.MYSQL + "=" + observed.name();
        String detail = trouble.detail();
        return switch (trouble.kind()) {
            case NONE -> new TroubleFinding(null, "");
            case ADDED_CONTAINER ->
                new TroubleFinding(
                        Reason.ServerNotReady,
                        "the container " + trouble.container() + ", which is not the operator's, of the " + podOf(where)
                                + " ends again and again" + after(detail) + ": see kubectl logs -p -c "
                                + trouble.container() + ", and" + pods);
            case SUSPENDED ->
                new TroubleFinding(
                        Reason.JobSuspended,
                        where + " is suspended: whatever has done so, as a queue does, has to let it go on, or you do:"
                                + " kubectl patch job " + where + " -p '{\"spec\":{\"suspend\":false}}'");
            case REFUSED -> new TroubleFinding(Reason.Refused, refused(where, trouble));
            case UNSCHEDULABLE ->
                new TroubleFinding(Reason.Unschedulable, unschedulable(observed, where, detail) + pods);
            case IMAGE ->
                new TroubleFinding(
                        Reason.ImagePullFailed,
                        "the image " + detail + " of the " + where + " can't be pulled: check "
                                + (detail.equals(observed.mysql().getSpec().getImage())
                                        ? "spec.image"
                                        : ContainerNames.JOB.equals(trouble.container())
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
                                + observed.name() + " -c initialise");
            case CRASHING ->
                new TroubleFinding(
                        Reason.ServerCrashing,
                        "the " + where + " ends again and again" + after(detail) + ": see kubectl logs -p, and" + pods);
            case OUT_OF_MEMORY -> new TroubleFinding(Reason.ServerCrashing, outOfMemory(trouble, where));
        };
    }

    private static String unschedulable(Observed observed, String where, String detail) {
        String waits = "the " + podOf(where) + " finds no node" + after(detail);
        if (observed.unbound().isEmpty()) {
            return waits + ": see kubectl get pvc, and";
        }
        String claims = observed.unbound().stream()
                .map(claim -> claim.claim() + " of " + storageClass(observed, claim)
                        + (claim.words().isEmpty() ? "" : ": " + claim.words()))
                .collect(Collectors.joining("; and for "));
        return waits + "; it waits for the volume of " + claims + "; see kubectl describe pvc, and";
    }

    private static String storageClass(Observed observed, Unbound claim) {
        String name = claim.storageClass();
        if (name == null) {
            return "the default storage class, but the cluster has none";
        }
        String asked = claim.claim().equals(Names.dataClaim(observed.name()))
                ? observed.mysql().getSpec().getStorageClassName()
                : observed.mysql().getSpec().getBackup().storageClassName();
        return name.isEmpty()
                ? "no storage class"
                : "storage class " + name + (asked == null ? ", the cluster's default" : "");
    }

    private static String refused(String where, Trouble trouble) {
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
        boolean servers = !ContainerNames.JOB.equals(trouble.container());
        String ends = "the container " + trouble.container() + " of the " + where + " is OOMKilled: ";
        if (trouble.detail().isEmpty()) {
            return ends + "its node has no memory left for it; give it a limit in spec.resources.limits.memory";
        }
        return ends + "it needs more than its memory limit of " + trouble.detail()
                + (servers ? "; raise spec.resources.limits.memory, or let spec.config ask for less" : "");
    }
}
