package homework.otus.mysql.accounts;

import homework.otus.mysql.child.JobActions;
import homework.otus.mysql.child.JobRun;
import homework.otus.mysql.child.Names;
import homework.otus.mysql.child.RunningServer;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobResult;
import homework.otus.mysql.program.password.PasswordTask;
import homework.otus.mysql.step.Action;
import io.kubernetes.client.openapi.models.V1Job;
import java.time.Duration;
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
final class PasswordRotation {
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
    record Stage(
            Passwords secret,
            List<Action> actions,
            @Nullable Duration retryAfter) {}

    private final PasswordJobs jobs;

    PasswordRotation(PasswordJobs jobs) {
        this.jobs = jobs;
    }

    Stage decide(Observed observed, Passwords held) {
        if (held.next() != null) {
            return change(observed, held);
        }
        if (held.retained()) {
            return discard(observed, held);
        }
        RunningServer running = observed.server().running();
        if (running != null && !running.started()) {
            return ensure(observed, held, running);
        }
        String wanted = observed.wantedPassword().value();
        if (wanted != null && !wanted.equals(held.root()) && observed.server().ready()) {
            Passwords changing = held.changingTo(wanted, observed.now().toEpochMilli());
            return run(observed, changing, PasswordTask.CHANGE, changing.nextRevision(), 1);
        }
        return nothing(held);
    }

    static JobRun job(Observed observed) {
        return observed.job(Names.passwordJob(observed.name()));
    }

    /** The Job that tried to make the accounts of the present credentials what they should be, or one that is ignored. */
    static JobRun ensuring(Observed observed, Passwords held) {
        return job(observed).doing(PasswordTask.ENSURE.task(held.revision()));
    }

    /** MySQL, or an account in it, stands in the way: something that trying again doesn't cure. */
    static boolean refused(JobRun job) {
        JobResult result = job.result();
        return job.is(JobRun.State.FAILED) && result != null && INCURABLE.contains(result.reason());
    }

    private Stage ensure(Observed observed, Passwords held, RunningServer running) {
        JobRun job = ensuring(observed, held);
        String wanted = observed.wantedPassword().value();
        if (refused(job) && wanted != null && !wanted.equals(held.root())) {
            Passwords replaced = held.replacedBy(wanted, observed.now().toEpochMilli());
            return run(observed, replaced, PasswordTask.ENSURE, replaced.revision(), 1);
        }
        Duration usual = Duration.between(observed.now(), running.since().plus(USUAL_START));
        if (!usual.isNegative() && !usual.isZero()) {
            return new Stage(held, List.of(), usual);
        }
        if (!job.ours()) {
            return run(observed, held, PasswordTask.ENSURE, held.revision(), 1);
        }
        // Also after one that ended well: the startup probe looks soon, or there is something else that it objects to.
        return job.state() == JobRun.State.RUNNING
                ? running(observed, held, PasswordTask.ENSURE, held.revision(), job)
                : retry(observed, held, PasswordTask.ENSURE, held.revision(), job);
    }

    private Stage change(Observed observed, Passwords held) {
        JobRun job = job(observed).doing(PasswordTask.CHANGE.task(held.nextRevision()));
        if (!job.ours()) {
            return run(observed, held, PasswordTask.CHANGE, held.nextRevision(), 1);
        }
        return switch (job.state()) {
            case RUNNING -> running(observed, held, PasswordTask.CHANGE, held.nextRevision(), job);
            case COMPLETE -> {
                Passwords changed = held.changed();
                yield run(observed, changed, PasswordTask.DISCARD, changed.revision(), 1);
            }
            case FAILED ->
                passwordRefused(job)
                        ? refused(observed, held)
                        : retry(observed, held, PasswordTask.CHANGE, held.nextRevision(), job);
        };
    }

    private Stage discard(Observed observed, Passwords held) {
        JobRun job = job(observed).doing(PasswordTask.DISCARD.task(held.revision()));
        if (!job.ours()) {
            return run(observed, held, PasswordTask.DISCARD, held.revision(), 1);
        }
        return switch (job.state()) {
            case RUNNING -> running(observed, held, PasswordTask.DISCARD, held.revision(), job);
            case COMPLETE -> nothing(held.discarded());
            case FAILED -> retry(observed, held, PasswordTask.DISCARD, held.revision(), job);
        };
    }

    /** The server keeps its password, and the same one would be refused again. */
    private static Stage refused(Observed observed, Passwords held) {
        String wanted = observed.wantedPassword().value();
        return nothing(wanted == null || wanted.equals(held.next()) ? held : held.abandoned());
    }

    private static boolean passwordRefused(JobRun job) {
        JobResult result = job.result();
        return result != null && result.reason() == FailureReason.PasswordRefused;
    }

    /** Another Pod may have the address now that the Job was given. */
    private Stage running(Observed observed, Passwords held, PasswordTask step, long revision, JobRun job) {
        RunningServer running = observed.server().running();
        V1Job object = job.object();
        return running == null || object == null || PasswordJobs.reaches(object, running.address())
                ? nothing(held)
                : run(observed, held, step, revision, job.attempt());
    }

    private Stage retry(Observed observed, Passwords held, PasswordTask step, long revision, JobRun ended) {
        Duration wait = observed.retryAfter(ended);
        return wait == null
                ? run(observed, held, step, revision, ended.attempt() + 1)
                : new Stage(held, List.of(), wait);
    }

    /** Where no server runs, its start brings the key back. */
    private Stage run(Observed observed, Passwords secret, PasswordTask step, long revision, int attempt) {
        RunningServer running = observed.server().running();
        List<Action> actions = running == null
                ? List.of()
                : JobActions.replace(
                        job(observed),
                        jobs.of(
                                observed.mysql(),
                                step,
                                revision,
                                running.address(),
                                observed.data().uid(),
                                attempt));
        return new Stage(secret, actions, null);
    }

    private static Stage nothing(Passwords secret) {
        return new Stage(secret, List.of(), null);
    }
}
