package homework.otus.mysql.accounts;

import homework.otus.mysql.child.JobActions;
import homework.otus.mysql.child.JobRun;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.Server;
import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobResult;
import homework.otus.mysql.program.password.PasswordTask;
import homework.otus.mysql.step.Action;
import homework.otus.mysql.step.Retry;
import io.kubernetes.client.openapi.models.V1Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives the running server another root password. The credentials Secret is the memory of how far it is, so that it goes
 * on after any crash: it holds the next password before the server hears of it, and the next becomes the one in force only
 * when the server takes both. A change that was begun is brought to its end before another begins.
 *
 * <p>A server whose startup probe doesn't pass, although its container runs, may be one that MySQL's policies keep from
 * taking the passwords: a Job tries it and says why.
 */
public final class PasswordRotation {
    /** How long a server usually takes from the start of its container until its startup probe has passed. */
    private static final Duration USUAL_START = Duration.ofSeconds(15);

    private static final Set<FailureReason> INCURABLE =
            EnumSet.of(FailureReason.PasswordRefused, FailureReason.AccessDenied, FailureReason.AccountDenied);

    /**
     * What is to be done.
     *
     * @param secret what the Secret has to hold before the actions
     * @param retryAfter null: an event will come
     */
    public record Todo(
            Passwords secret,
            List<Action> actions,
            @Nullable Duration retryAfter) {}

    private final PasswordJobs jobs;

    public PasswordRotation(PasswordJobs jobs) {
        this.jobs = jobs;
    }

    public Todo plan(Observed o, Passwords held) {
        if (held.next() != null) {
            return change(o, held);
        }
        if (held.retained()) {
            return discard(o, held);
        }
        Server.Running running = o.server().running();
        if (running != null && !running.started()) {
            return ensure(o, held, running);
        }
        String wanted = o.wantedPassword().value();
        if (wanted != null && !wanted.equals(held.root()) && o.server().ready()) {
            Passwords changing = held.changingTo(wanted, o.now().toEpochMilli());
            return run(o, changing, PasswordTask.CHANGE, changing.nextRevision(), 1);
        }
        return nothing(held);
    }

    /** The Job that tried to make the accounts of the present credentials what they should be, or one that is ignored. */
    public static JobRun ensuring(Observed o, Passwords held) {
        return o.jobs().password().doing(PasswordTask.ENSURE.task(held.revision()));
    }

    /** MySQL, or an account in it, stands in the way: something that trying again doesn't cure. */
    public static boolean refused(JobRun job) {
        JobResult result = job.result();
        return job.is(JobRun.State.FAILED) && result != null && INCURABLE.contains(result.reason());
    }

    private Todo ensure(Observed o, Passwords held, Server.Running running) {
        JobRun job = ensuring(o, held);
        String wanted = o.wantedPassword().value();
        if (refused(job) && wanted != null && !wanted.equals(held.root())) {
            Passwords replaced = held.replacedBy(wanted, o.now().toEpochMilli());
            return run(o, replaced, PasswordTask.ENSURE, replaced.revision(), 1);
        }
        Duration usual = Duration.between(o.now(), running.since().plus(USUAL_START));
        if (!usual.isNegative() && !usual.isZero()) {
            return new Todo(held, List.of(), usual);
        }
        if (!job.ours()) {
            return run(o, held, PasswordTask.ENSURE, held.revision(), 1);
        }
        // Also after one that ended well: the startup probe looks soon, or there is something else that it objects to.
        return job.state() == JobRun.State.RUNNING
                ? running(o, held, PasswordTask.ENSURE, held.revision(), job)
                : retry(o, held, PasswordTask.ENSURE, held.revision(), job);
    }

    private Todo change(Observed o, Passwords held) {
        JobRun job = o.jobs().password().doing(PasswordTask.CHANGE.task(held.nextRevision()));
        if (!job.ours()) {
            return run(o, held, PasswordTask.CHANGE, held.nextRevision(), 1);
        }
        return switch (job.state()) {
            case RUNNING -> running(o, held, PasswordTask.CHANGE, held.nextRevision(), job);
            case COMPLETE -> {
                Passwords changed = held.changed();
                yield run(o, changed, PasswordTask.DISCARD, changed.revision(), 1);
            }
            case FAILED ->
                passwordRefused(job) ? refused(o, held) : retry(o, held, PasswordTask.CHANGE, held.nextRevision(), job);
        };
    }

    private Todo discard(Observed o, Passwords held) {
        JobRun job = o.jobs().password().doing(PasswordTask.DISCARD.task(held.revision()));
        if (!job.ours()) {
            return run(o, held, PasswordTask.DISCARD, held.revision(), 1);
        }
        return switch (job.state()) {
            case RUNNING -> running(o, held, PasswordTask.DISCARD, held.revision(), job);
            case COMPLETE -> nothing(held.discarded());
            case FAILED -> retry(o, held, PasswordTask.DISCARD, held.revision(), job);
        };
    }

    /** The server keeps its password, and the same one would be refused again. */
    private static Todo refused(Observed o, Passwords held) {
        String wanted = o.wantedPassword().value();
        return nothing(wanted == null || wanted.equals(held.next()) ? held : held.abandoned());
    }

    private static boolean passwordRefused(JobRun job) {
        JobResult result = job.result();
        return result != null && result.reason() == FailureReason.PasswordRefused;
    }

    /** Another Pod may have the address now that the Job was given. */
    private Todo running(Observed o, Passwords held, PasswordTask step, long revision, JobRun job) {
        Server.Running running = o.server().running();
        V1Job object = job.object();
        return running == null || object == null || PasswordJobs.reaches(object, running.address())
                ? nothing(held)
                : run(o, held, step, revision, job.attempt());
    }

    private Todo retry(Observed o, Passwords held, PasswordTask step, long revision, JobRun ended) {
        Duration wait = Retry.until(ended, o.now(), o.generation());
        if (wait.isZero() || wait.isNegative()) {
            return run(o, held, step, revision, ended.attempt() + 1);
        }
        return new Todo(held, List.of(), wait);
    }

    /** Where no server runs, its start brings the key back. */
    private Todo run(Observed o, Passwords secret, PasswordTask step, long revision, int attempt) {
        Server.Running running = o.server().running();
        List<Action> actions = new ArrayList<>();
        if (running != null) {
            JobActions.replace(
                    o.jobs().password(),
                    jobs.of(
                            o.mysql(),
                            step,
                            revision,
                            running.address(),
                            o.data().uid(),
                            attempt),
                    actions);
        }
        return new Todo(secret, actions, null);
    }

    private static Todo nothing(Passwords secret) {
        return new Todo(secret, List.of(), null);
    }
}
