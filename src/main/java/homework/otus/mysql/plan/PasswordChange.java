package homework.otus.mysql.plan;

import homework.otus.mysql.job.FailureReason;
import homework.otus.mysql.job.JobResult;
import homework.otus.mysql.manifest.PasswordJobs;
import homework.otus.mysql.manifest.PasswordJobs.Step;
import homework.otus.mysql.manifest.Passwords;
import homework.otus.mysql.observe.JobRun;
import homework.otus.mysql.observe.Observed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives the running server another root password. The credentials Secret is the memory of how far it is, so that it goes
 * on after any crash: it holds the next password before the server hears of it, and the next becomes the one in force only
 * when the server takes both. A change that was begun is brought to its end before another begins.
 */
final class PasswordChange {
    /**
     * What is to be done.
     *
     * @param secret what the Secret has to hold before the actions
     * @param retryAfter null: an event will come
     */
    record Todo(
            Passwords secret,
            List<Action> actions,
            @Nullable Duration retryAfter) {}

    private final PasswordJobs jobs;

    PasswordChange(PasswordJobs jobs) {
        this.jobs = jobs;
    }

    Todo plan(Observed o, Passwords held) {
        if (held.next() != null) {
            return change(o, held);
        }
        if (held.retained()) {
            return discard(o, held);
        }
        String wanted = o.wantedPassword().value();
        if (wanted != null && !wanted.equals(held.root()) && o.server().ready()) {
            Passwords changing = held.changingTo(wanted, o.now().toEpochMilli());
            return run(o, changing, Step.CHANGE, changing.nextRevision(), 1);
        }
        return nothing(held);
    }

    private Todo change(Observed o, Passwords held) {
        JobRun job = o.jobs().password().doing(Step.CHANGE.task(held.nextRevision()));
        if (!job.ours()) {
            return run(o, held, Step.CHANGE, held.nextRevision(), 1);
        }
        return switch (job.state()) {
            case RUNNING -> nothing(held);
            case COMPLETE -> {
                Passwords changed = held.changed();
                yield run(o, changed, Step.DISCARD, changed.revision(), 1);
            }
            case FAILED -> refused(job) ? refused(o, held) : retry(o, held, Step.CHANGE, held.nextRevision(), job);
        };
    }

    private Todo discard(Observed o, Passwords held) {
        JobRun job = o.jobs().password().doing(Step.DISCARD.task(held.revision()));
        if (!job.ours()) {
            return run(o, held, Step.DISCARD, held.revision(), 1);
        }
        return switch (job.state()) {
            case RUNNING -> nothing(held);
            case COMPLETE -> nothing(held.discarded());
            case FAILED -> retry(o, held, Step.DISCARD, held.revision(), job);
        };
    }

    /** The server keeps its password, and the same one would be refused again. */
    private static Todo refused(Observed o, Passwords held) {
        String wanted = o.wantedPassword().value();
        return nothing(wanted == null || wanted.equals(held.next()) ? held : held.abandoned());
    }

    private static boolean refused(JobRun job) {
        JobResult result = job.result();
        return result != null && result.reason() == FailureReason.PasswordRefused;
    }

    private Todo retry(Observed o, Passwords held, Step step, long revision, JobRun failed) {
        Duration wait = Retry.until(failed, o.now(), o.generation());
        if (wait.isZero() || wait.isNegative()) {
            return run(o, held, step, revision, failed.attempt() + 1);
        }
        return new Todo(held, List.of(), wait);
    }

    private Todo run(Observed o, Passwords secret, Step step, long revision, int attempt) {
        List<Action> actions = new ArrayList<>();
        JobActions.replace(
                o.jobs().password(), jobs.of(o.mysql(), step, revision, o.data().uid(), attempt), actions);
        return new Todo(secret, actions, null);
    }

    private static Todo nothing(Passwords secret) {
        return new Todo(secret, List.of(), null);
    }
}
