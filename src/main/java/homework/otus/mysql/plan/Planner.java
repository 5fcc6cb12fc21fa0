package homework.otus.mysql.plan;

import homework.otus.mysql.manifest.ArchiveJobs;
import homework.otus.mysql.observe.Observed;

/** Decides what is to be done next. Pure, and total: every observation has a plan. */
public final class Planner {
    private final Life life;
    private final End end;

    public Planner(ArchiveJobs jobs) {
        this.life = new Life(jobs);
        this.end = new End(jobs);
    }

    public Plan plan(Observed observed) {
        return observed.deleting() ? end.plan(observed) : life.plan(observed);
    }
}
