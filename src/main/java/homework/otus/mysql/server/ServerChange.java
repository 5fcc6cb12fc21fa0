package homework.otus.mysql.server;

import homework.otus.mysql.backup.ArchiveJobs;
import homework.otus.mysql.backup.Archiving;
import homework.otus.mysql.child.JobActions;
import homework.otus.mysql.child.JobRun;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.Served;
import homework.otus.mysql.observe.ServerVariant;
import homework.otus.mysql.observe.Variants;
import homework.otus.mysql.step.Actions;
import homework.otus.mysql.step.Capability;
import homework.otus.mysql.step.Retry;
import homework.otus.mysql.storage.Storage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Another image or configuration for a database that has served already: it is looked at while the server runs on; for
 * another image the server is stopped and its data archived; then the server is made anew. What doesn't pass never stops
 * the server, and a change that is taken back is over.
 */
public final class ServerChange {
    /**
     * What comes of it.
     *
     * @param serve what is to be served now; null: nothing, for the data is being archived
     * @param retryAfter null: an event will come
     */
    public record Todo(
            @Nullable ServerVariant serve, @Nullable Duration retryAfter) {}

    private final Archiving archiving;

    public ServerChange(ArchiveJobs jobs, Storage storage) {
        this.archiving = new Archiving(jobs, storage);
    }

    public Todo plan(Observed o, Actions actions) {
        ServerVariant wanted = Variants.wanted(o);
        ServerVariant running = o.server().variant();
        String last = Variants.lastReady(o);
        ServerVariant fallback = ConfigFallback.of(o, actions);
        if (fallback != null
                && (running == null
                        ? wanted.image().equals(last)
                        : wanted.image().equals(running.image()))) {
            JobActions.remove(o.jobs().check(), actions.of(Capability.CHECK));
            return new Todo(fallback, null);
        }
        if (wanted.equals(running)
                || last == null
                || running == null && wanted.image().equals(last)) {
            JobActions.remove(o.jobs().check(), actions.of(Capability.CHECK));
            return new Todo(wanted, null);
        }
        boolean otherImage = !wanted.image().equals(last);
        if (running != null && !otherImage && !running.image().equals(last)) {
            // Back to the image that served last: the one in between never did.
            return new Todo(wanted, null);
        }
        ServerVariant meanwhile = running == null ? new ServerVariant(last, wanted.config()) : running;
        Check check = Check.of(o);
        if (check.verdict() != Check.Verdict.PASSED) {
            return new Todo(meanwhile, check(o, check, actions));
        }
        if (!otherImage || !o.mysql().getSpec().getImageChange().backup() || archived(o)) {
            return new Todo(wanted, null);
        }
        if (ofThisChange(o).is(JobRun.State.FAILED)
                || ofThisChange(o).lost()
                || o.backup().deleting()) {
            // Better the old server than none: whoever changes the spec again has another try.
            return new Todo(meanwhile, null);
        }
        return archive(o, wanted, actions);
    }

    /** The id of the archive that is taken before the change: each edit of the spec is a change of its own. */
    public static String archiveId(Observed o) {
        return o.uid() + "-" + o.generation();
    }

    /** The Job of the archive that this change waits for, or one that is ignored. */
    public static JobRun ofThisChange(Observed o) {
        return o.backupJob().doing(archiveId(o));
    }

    /** Something may have written to the data since it was archived for this change. */
    public void doubt(Observed o, Actions actions) {
        archiving.doubt(o, archiveId(o), actions);
    }

    private Todo archive(Observed o, ServerVariant wanted, Actions actions) {
        Served.markBeforeStop(o, actions.of(Capability.SERVED));
        Stopping.server(o, actions);
        boolean done = o.server().stopped() && archiving.advance(o, archiveId(o), actions) == Archiving.State.DONE;
        return new Todo(done ? wanted : null, null);
    }

    private static boolean archived(Observed o) {
        return o.recorded(archiveId(o));
    }

    private static @Nullable Duration check(Observed o, Check check, Actions actions) {
        JobRun job = Check.run(o);
        if (!job.ours()) {
            check(o, 1, actions);
        } else if (check.verdict() == Check.Verdict.FAILED) {
            Duration wait = Retry.until(job, o.now(), job.generation());
            if (wait.isZero() || wait.isNegative()) {
                check(o, job.attempt() + 1, actions);
                return null;
            }
            return wait;
        }
        return null;
    }

    private static void check(Observed o, int attempt, Actions actions) {
        JobActions.replace(
                o.jobs().check(),
                CheckJob.of(
                        o.mysql(),
                        Variants.ofData(o),
                        Variants.wanted(o),
                        o.data().uid(),
                        attempt),
                actions.of(Capability.CHECK));
    }
}
