package homework.otus.mysql.database;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.kube.Execution;
import homework.otus.mysql.kube.Executor;
import homework.otus.mysql.kube.OperatorResourceLister;
import homework.otus.mysql.kube.ResourceReconciler;
import homework.otus.mysql.kube.Result;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.Turn;
import homework.otus.mysql.server.Serving;
import homework.otus.mysql.step.Group;
import homework.otus.mysql.step.Pace;
import homework.otus.mysql.step.Phase;
import io.kubernetes.client.extended.controller.reconciler.Request;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Observe, plan, apply, tell: one pass over one database. */
@Singleton
public final class MySQLReconciler implements ResourceReconciler<MySQL> {
    /** The event that brings the caches up to date comes first, as a rule. */
    private static final Duration CATCH_UP = Duration.ofSeconds(1);

    private final Observer observer;
    private final Planner planner;
    private final Executor executor;
    private final StatusWriter statusWriter;
    private final Turns turns;
    private final Clock clock;

    MySQLReconciler(
            Observer observer,
            Planner planner,
            Executor executor,
            StatusWriter statusWriter,
            Turns turns,
            Clock clock) {
        this.observer = observer;
        this.planner = planner;
        this.executor = executor;
        this.statusWriter = statusWriter;
        this.turns = turns;
        this.clock = clock;
    }

    @Override
    public Result reconcile(Request request, OperatorResourceLister<MySQL> lister) {
        List<String> unreadable = lister.unreadable(request);
        if (!unreadable.isEmpty()) {
            return lister.outline(request)
                    .filter(mysql ->
                            !statusWriter.write(mysql, StatusProjector.unreadable(mysql, unreadable, clock.instant())))
                    .map(mysql -> Result.requeueAfter(CATCH_UP))
                    .orElse(Result.done());
        }
        Optional<MySQL> mysql = lister.get(request);
        if (mysql.isEmpty()) {
            turns.giveBack(request);
            return release(request);
        }
        Observed observed = observer.observe(mysql.get()).with(turns.holds(request) ? Turn.OURS : Turn.NOT_ASKED);
        Plan plan = planner.plan(observed);
        if (plan.pace() == Pace.WAITS) {
            observed = observed.with(
                    turns.take(request) ? Turn.OURS : Turn.after(turns.holders(), request.getNamespace()));
            plan = planner.plan(observed);
        } else if (plan.pace() == Pace.FREE) {
            turns.giveBack(request);
        }
        Execution<MySQL> outcome = executor.execute(observed.mysql(), plan.groups());
        if (outcome instanceof Execution.Done<MySQL> done) {
            if (observed.server().ready() && plan.prevented(Serving.SERVER, done.setbacks())) {
                // It goes on as it is: nobody has to wait for it.
                turns.giveBack(request);
            }
            boolean gone = plan.phase() == Phase.GONE && done.setbacks().isEmpty();
            if (gone && observed.namespaceTerminating() && !observed.proven()) {
                statusWriter.tellReleasedWithNamespace(observed.mysql());
            }
            return gone || told(observed, plan, done)
                    ? Stream.concat(
                                    Stream.ofNullable(plan.retryAfter()),
                                    SetbackFindings.retryAfter(observed, done.setbacks()).stream())
                            .min(Comparator.naturalOrder())
                            .map(Result::requeueAfter)
                            .orElse(Result.done())
                    : Result.requeueAfter(CATCH_UP);
        }
        return Result.requeueAfter(CATCH_UP);
    }

    /** The MySQL object is gone without us. Its data stays, but not longer than its namespace. */
    private Result release(Request gone) {
        List<Group> groups = Abandoned.release(observer.claims(gone));
        if (groups.isEmpty() || !observer.terminatingNamespace(gone.getNamespace())) {
            return Result.done();
        }
        MySQL mysql = new MySQL();
        mysql.setMetadata(new V1ObjectMeta().namespace(gone.getNamespace()).name(gone.getName()));
        Execution<MySQL> outcome = executor.execute(mysql, groups);
        if (outcome instanceof Execution.Done<MySQL> done && done.setbacks().isEmpty()) {
            statusWriter.tellReleasedWithNamespace(mysql);
            return Result.done();
        }
        return Result.requeueAfter(CATCH_UP);
    }

    private boolean told(Observed observed, Plan plan, Execution.Done<MySQL> done) {
        return statusWriter.write(done.owner(), StatusProjector.project(observed, plan, done.setbacks()));
    }
}
