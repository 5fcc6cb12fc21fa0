package homework.otus.mysql.reconcile;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.apply.EventWriter;
import homework.otus.mysql.apply.Executor;
import homework.otus.mysql.apply.Outcome;
import homework.otus.mysql.apply.StatusWriter;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.Observer;
import homework.otus.mysql.plan.Phase;
import homework.otus.mysql.plan.Plan;
import homework.otus.mysql.plan.Planner;
import homework.otus.mysql.runtime.OperatorResourceLister;
import homework.otus.mysql.runtime.ResourceReconciler;
import homework.otus.mysql.runtime.Result;
import homework.otus.mysql.status.Setback;
import homework.otus.mysql.status.StatusProjector;
import io.kubernetes.client.extended.controller.reconciler.Request;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Observe, plan, apply, tell: one pass over one database. */
@Singleton
public final class MySQLReconciler implements ResourceReconciler<MySQL> {
    /** The event that brings the caches up to date comes first, as a rule. */
    private static final Duration CATCH_UP = Duration.ofSeconds(1);

    private final Observer observer;
    private final Planner planner;
    private final Executor executor;
    private final StatusWriter statusWriter;
    private final EventWriter events;
    private final Clock clock;

    MySQLReconciler(
            Observer observer,
            Planner planner,
            Executor executor,
            StatusWriter statusWriter,
            EventWriter events,
            Clock clock) {
        this.observer = observer;
        this.planner = planner;
        this.executor = executor;
        this.statusWriter = statusWriter;
        this.events = events;
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
            return Result.done();
        }
        Observed observed = observer.observe(mysql.get());
        Plan plan = planner.plan(observed);
        Outcome outcome = executor.execute(observed.mysql(), plan.actions());
        if (outcome instanceof Outcome.Done done) {
            if (plan.phase() == Phase.GONE && observed.namespaceTerminating() && !observed.proven()) {
                events.tellReleasedWithNamespace(observed.mysql());
            }
            return told(observed, plan, done.mysql(), null)
                    ? Optional.ofNullable(plan.retryAfter())
                            .map(Result::requeueAfter)
                            .orElse(Result.done())
                    : Result.requeueAfter(CATCH_UP);
        }
        if (outcome instanceof Outcome.Blocked blocked) {
            told(observed, plan, observed.mysql(), blocked.setback());
            return Result.requeueAfter(
                    Stream.of(plan.retryAfter(), blocked.setback().lookAgainAfter())
                            .filter(Objects::nonNull)
                            .min(Comparator.naturalOrder())
                            .orElseThrow());
        }
        return Result.requeueAfter(CATCH_UP);
    }

    private boolean told(Observed observed, Plan plan, MySQL latest, @Nullable Setback setback) {
        return plan.phase() == Phase.GONE
                || statusWriter.write(latest, StatusProjector.project(observed, plan, setback));
    }
}
