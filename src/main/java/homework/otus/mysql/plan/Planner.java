package homework.otus.mysql.plan;

import homework.otus.mysql.manifest.ArchiveJobs;
import homework.otus.mysql.manifest.PasswordJobs;
import homework.otus.mysql.manifest.StaticVolumes;
import homework.otus.mysql.observe.Observed;
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
