package homework.otus.mysql.database;

import homework.otus.mysql.accounts.PasswordJobs;
import homework.otus.mysql.backup.ArchiveJobs;
import homework.otus.mysql.child.JobActions;
import homework.otus.mysql.child.StaticVolumes;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.step.Pace;
import homework.otus.mysql.step.Phase;
import homework.otus.mysql.step.Plan;
import homework.otus.mysql.storage.Storage;
import java.time.Duration;

/** Decides what is to be done next. Pure, and total: every observation has a plan. */
public final class Planner {
    private static final Duration FOLDER_CHECK = Duration.ofSeconds(1);

    private final Life life;
    private final End end;
    private final Storage storage;

    /** @param operatorImage that the Jobs run */
    public Planner(String operatorImage, StaticVolumes volumes) {
        ArchiveJobs jobs = new ArchiveJobs(operatorImage);
        this.storage = new Storage(volumes, operatorImage);
        this.life = new Life(jobs, new PasswordJobs(operatorImage), storage);
        this.end = new End(jobs, storage);
    }

    public Plan plan(Observed observed) {
        Plan plan = unpaced(observed);
        // Whatever happens to it meanwhile: no other is restarted before it is seen to answer again.
        boolean keepsTurn = observed.turn().ours()
                && !observed.deleting()
                && !observed.server().ready();
        return keepsTurn ? plan.at(Pace.RESTARTS) : plan;
    }

    private Plan unpaced(Observed observed) {
        if (observed.mysql().getSpec().isPaused()) {
            return Plan.of(Phase.PAUSED);
        }
        Plan plan = planned(observed);
        plan = plan.endingFirst(JobActions.ends(observed, plan.actions()));
        return storage.awaitsFolders(observed) ? plan.lookingAgainAfter(FOLDER_CHECK) : plan;
    }

    private Plan planned(Observed observed) {
        return observed.deleting() ? end.plan(observed) : life.plan(observed);
    }
}
