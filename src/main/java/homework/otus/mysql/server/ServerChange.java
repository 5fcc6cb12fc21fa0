package homework.otus.mysql.server;

import static homework.otus.mysql.api.ConditionType.SpecApplied;

import homework.otus.mysql.child.ContainerNames;
import homework.otus.mysql.child.JobActions;
import homework.otus.mysql.child.JobRun;
import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.Names;
import homework.otus.mysql.child.Trouble;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.ServerVariant;
import homework.otus.mysql.observe.TroubleFinding;
import homework.otus.mysql.observe.Variants;
import homework.otus.mysql.step.Advance;
import homework.otus.mysql.step.Capability;
import homework.otus.mysql.step.Finding;
import homework.otus.mysql.step.Phase;
import homework.otus.mysql.step.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Another image or configuration for a database that has served already: it is looked at while the server runs on; for
 * another image the server is stopped and its data archived; then the server is made anew. What doesn't pass never stops
 * the server, and a change that is taken back is over.
 */
public final class ServerChange {
    /** What looks at another image or configuration while the server runs on. */
    public static final Capability CHECK = new Capability("Check");

    /**
     * What comes of it.
     *
     * @param serve what is to be served now; null: nothing, for the data is being archived
     * @param advance what is done for it
     * @param waiting why what runs is not yet what is wanted, where it isn't
     */
    record Choice(@Nullable ServerVariant serve, Advance advance, Finding waiting) {}

    private final Needs needs;

    ServerChange(Needs needs) {
        this.needs = needs;
    }

    Choice decide(Observed observed) {
        ServerVariant wanted = Variants.wanted(observed);
        ServerVariant running = observed.server().variant();
        String last = Variants.lastReady(observed);
        ConfigFallback.Fallback fallback = ConfigFallback.decide(observed);
        if (fallback.serve() != null
                && (running == null
                        ? wanted.image().equals(last)
                        : wanted.image().equals(running.image()))) {
            return new Choice(fallback.serve(), fallback.advance().and(unneeded(observed)), looking(observed));
        }
        if (last == null && running == null && observed.data().served() != null) {
            // Somebody has spoiled the mark: it may be another image.
            return archive(observed, wanted, wanted, fallback.advance());
        }
        if (wanted.equals(running)
                || last == null
                || running == null && wanted.image().equals(last)) {
            return new Choice(wanted, fallback.advance().and(unneeded(observed)), looking(observed));
        }
        boolean otherImage = !wanted.image().equals(last);
        if (running != null && !otherImage && !running.image().equals(last)) {
            // Back to the image that served last: the one in between never did.
            return new Choice(wanted, fallback.advance(), looking(observed));
        }
        ServerVariant meanwhile = running == null ? new ServerVariant(last, wanted.config()) : running;
        JobRun job = CheckJob.run(observed);
        Check check = Check.of(job);
        JobRun archive = observed.backupJob().doing(archiveId(observed));
        boolean unarchived = !observed.recorded(archiveId(observed)) && archive.failed();
        if (check.verdict() != Check.Verdict.PASSED) {
            return new Choice(
                    meanwhile,
                    fallback.advance().and(check(observed, job, check)),
                    // One that is looked at again, for its Job is gone, still has no archive.
                    unarchived ? unarchived(observed, archive) : refusal(observed, job, check));
        }
        if (!otherImage) {
            return new Choice(wanted, fallback.advance(), looking(observed));
        }
        return archive(observed, wanted, meanwhile, fallback.advance());
    }

    /** @param otherwise what is served where no archive can be taken */
    private Choice archive(Observed observed, ServerVariant wanted, ServerVariant otherwise, Advance before) {
        String id = archiveId(observed);
        JobRun job = observed.backupJob().doing(id);
        if (!observed.mysql().getSpec().getImageChange().backup() || observed.recorded(id)) {
            return new Choice(wanted, before, looking(observed));
        }
        if (job.failed()) {
            // Better the old server than none: whoever changes the spec again has another try.
            return new Choice(otherwise, before, unarchived(observed, job));
        }
        if (observed.backup().deleting()) {
            return new Choice(otherwise, before, backupClaimGoes(observed));
        }
        Advance stopping = before.and(Stopping.server(observed));
        Advance archiving =
                observed.server().stopped() ? needs.archive(observed, id) : Advance.halting(Phase.CHANGING_IMAGE);
        return new Choice(
                archiving.halts() ? null : wanted, stopping.and(archiving).withoutHalt(), looking(observed));
    }

    /** The id of the archive that is taken before the change: each edit of the spec is a change of its own. */
    public static String archiveId(Observed observed) {
        return observed.uid() + "-" + observed.generation();
    }

    /** While the data is archived. */
    static Advance halt(Observed observed, Advance advance, @Nullable Finding first) {
        String image = observed.mysql().getSpec().getImage();
        return advance.halt(
                Phase.CHANGING_IMAGE,
                TroubleFinding.ofJob(observed, observed.backupJob(), Names.backupJob(observed.name()))
                        .orElse(Reason.ChangingImage, "stopped to archive the data before " + image + " opens it"),
                first,
                Finding.unknown(SpecApplied, Reason.ChangingImage, "archiving the data before " + image + " opens it"));
    }

    private static Advance unneeded(Observed observed) {
        return Advance.of(CHECK, JobActions.remove(CheckJob.any(observed)));
    }

    private static Advance check(Observed observed, JobRun job, Check check) {
        if (!job.ours()) {
            return check(observed, 1);
        }
        if (check.verdict() == Check.Verdict.FAILED) {
            // An edit that changes nothing of what is looked at is no cure.
            Duration wait = job.retryAfter(observed.now(), job.generation());
            return wait == null ? check(observed, job.attempt() + 1) : Advance.NONE.lookingAgainAfter(wait);
        }
        return Advance.NONE.lookingAgainAfter(job.awaitingPod());
    }

    private static Advance check(Observed observed, int attempt) {
        return Advance.of(
                CHECK,
                JobActions.replace(
                        CheckJob.any(observed),
                        CheckJob.of(
                                observed.mysql(),
                                Variants.ofData(observed),
                                Variants.wanted(observed),
                                observed.data().uid(),
                                attempt)));
    }

    private static Finding looking(Observed observed) {
        return Finding.unknown(
                SpecApplied, Reason.Checking, "looking whether " + wanted(observed) + " will do" + stays(observed));
    }

    private static Finding backupClaimGoes(Observed observed) {
        return no(
                Reason.BackupFailed,
                Names.backupClaim(observed.name())
                        + " was deleted, and goes when the server's Pod ends, so no backup can be"
                        + " taken before the change to " + wanted(observed) + stays(observed)
                        + ". Restart the server for a new claim: kubectl annotate --overwrite ms " + observed.name()
                        + " "
                        + Labels.RESTARTED_AT + "=now");
    }

    private Finding unarchived(Observed observed, JobRun archive) {
        return no(
                Reason.BackupFailed,
                "no backup could be taken before the change to " + wanted(observed) + ": "
                        + needs.archiveFailure(observed, archive)
                        + stays(observed)
                        + ". Edit the spec for another try, or set spec.imageChange.backup to false");
    }

    private static Finding refusal(Observed observed, JobRun job, Check check) {
        if (job.is(JobRun.State.RUNNING) && job.trouble().is(Trouble.Kind.IMAGE)) {
            boolean present = ContainerNames.PRESENT.equals(job.trouble().container());
            return no(
                    Reason.ImagePullFailed,
                    present
                            ? Variants.ofData(observed)
                                    + ", which the data is of, can't be pulled, so nobody can tell whether "
                                    + wanted(observed) + " may open the data: make it available" + stays(observed)
                            : wanted(observed) + " can't be pulled: check spec.image" + stays(observed));
        }
        Finding trouble =
                TroubleFinding.ofRunning(SpecApplied, observed, job, Names.checkJob(observed.name()), stays(observed));
        if (trouble != null) {
            return trouble;
        }
        return switch (check.verdict()) {
            case PENDING, PASSED -> looking(observed);
            case VERSION_REFUSED -> no(Reason.VersionRefused, check.message() + stays(observed));
            case CONFIG_REFUSED ->
                no(Reason.ConfigRefused, "mysqld refuses spec.config: " + check.message() + stays(observed));
            case FAILED ->
                no(
                        Reason.CheckFailed,
                        "the Job that looks whether " + wanted(observed)
                                + " will do failed without reporting a reason: see kubectl describe job "
                                + Names.checkJob(observed.name()) + stays(observed) + "; it is tried again");
        };
    }

    private static String stays(Observed observed) {
        String running = observed.server().image();
        return running == null ? "" : "; " + running + " goes on as it is";
    }

    private static String wanted(Observed observed) {
        return observed.mysql().getSpec().getImage();
    }

    private static Finding no(Reason reason, String message) {
        return Finding.no(SpecApplied, reason, message);
    }
}
