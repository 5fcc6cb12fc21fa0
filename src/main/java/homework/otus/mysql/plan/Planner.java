package homework.otus.mysql.plan;

import homework.otus.mysql.manifest.ArchiveJobs;
import homework.otus.mysql.manifest.PasswordJobs;
import homework.otus.mysql.manifest.StaticVolumes;
import homework.otus.mysql.observe.Observed;

/** Decides what is to be done next. Pure, and total: every observation has a plan. */
public final class Planner {
    private final Life life;
    private final End end;

    /** @param operatorImage that the Jobs run */
    public Planner(String operatorImage, StaticVolumes volumes) {
        ArchiveJobs jobs = new ArchiveJobs(operatorImage);
        Storage storage = new Storage(volumes);
        this.life = new Life(jobs, new PasswordJobs(operatorImage), storage);
        this.end = new End(jobs, storage);
    }

    public Plan plan(Observed observed) {
        if (observed.mysql().getSpec().isPaused()) {
            return Plan.of(Phase.PAUSED);
        }
        return observed.deleting() ? end.plan(observed) : life.plan(observed);
    }
}
