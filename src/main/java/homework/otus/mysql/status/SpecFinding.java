package homework.otus.mysql.status;

import static homework.otus.mysql.api.ConditionType.SpecApplied;

import homework.otus.mysql.job.JobResult;
import homework.otus.mysql.manifest.Names;
import homework.otus.mysql.manifest.ServerVariant;
import homework.otus.mysql.observe.JobRun;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.Server;
import homework.otus.mysql.observe.Trouble;
import homework.otus.mysql.plan.Check;
import homework.otus.mysql.plan.Phase;
import homework.otus.mysql.plan.Plan;
import homework.otus.mysql.plan.ServerChange;
import homework.otus.mysql.plan.Variants;
import org.jspecify.annotations.Nullable;

/** Whether the image and the configuration that run are those that the spec says. */
final class SpecFinding {
    private SpecFinding() {}

    /** Null while there is nothing to compare with. */
    static @Nullable Finding of(Observed o, Plan plan) {
        if (o.deleting() || plan.phase() == Phase.PAUSED) {
            return null;
        }
        if (plan.phase() == Phase.CHANGING_IMAGE) {
            return Finding.unknown(
                    SpecApplied, Reason.ChangingImage, "archiving the data before " + wanted(o) + " opens it");
        }
        ServerVariant running = o.server().variant();
        if (running == null) {
            return null;
        }
        if (!Variants.wanted(o).equals(running)) {
            return Variants.lastReady(o) == null ? null : waiting(o, running);
        }
        if (o.server().ready()) {
            return Finding.yes(SpecApplied, Reason.Applied, "the server runs what the spec says");
        }
        String last = Variants.lastReady(o);
        return o.server().rollout() == Server.Rollout.LATE && last != null && !last.equals(running.image())
                ? no(
                        Reason.ImageChangeFailed,
                        "the server does not become ready with " + running.image() + " (see kubectl logs deploy/"
                                + o.name() + "): set spec.image back to " + last + ", which served last")
                : null;
    }

    private static Finding waiting(Observed o, ServerVariant running) {
        String stays = "; " + running.image() + " goes on as it is";
        JobRun archive = ServerChange.ofThisChange(o);
        if (archive.is(JobRun.State.FAILED)) {
            JobResult result = archive.result();
            return no(
                    Reason.BackupFailed,
                    "no backup could be taken before the change to " + wanted(o) + ": "
                            + (result == null ? "the Job failed without a word" : result.message()) + stays
                            + ". Edit the spec for another try, or set spec.imageChange.backup to false");
        }
        JobRun job = o.jobs().check();
        if (job.is(JobRun.State.RUNNING) && job.trouble().is(Trouble.Kind.IMAGE)) {
            return no(Reason.ImagePullFailed, wanted(o) + " can't be pulled: check spec.image" + stays);
        }
        Check check = Check.of(o);
        return switch (check.verdict()) {
            case PENDING, PASSED ->
                Finding.unknown(SpecApplied, Reason.Checking, "looking whether " + wanted(o) + " will do" + stays);
            case VERSION_REFUSED -> no(Reason.VersionRefused, check.message() + stays);
            case CONFIG_REFUSED -> no(Reason.ConfigRefused, "mysqld refuses spec.config: " + check.message() + stays);
            case FAILED ->
                no(
                        Reason.CheckFailed,
                        "the Job that looks whether " + wanted(o)
                                + " will do failed without a word: see kubectl describe job "
                                + Names.checkJob(o.name()) + stays + "; it is tried again");
        };
    }

    private static String wanted(Observed o) {
        return o.mysql().getSpec().getImage();
    }

    private static Finding no(Reason reason, String message) {
        return Finding.no(SpecApplied, reason, message);
    }
}
