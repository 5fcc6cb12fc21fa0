package homework.otus.mysql.kube;

import homework.otus.mysql.config.OperatorConfiguration;
import homework.otus.mysql.telemetry.OperatorMetrics;
import homework.otus.mysql.telemetry.OperatorMetrics.Outcome;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.extended.controller.reconciler.Request;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Reconciles the objects of one kind: takes keys from its own queue, each on one thread at a time. Nothing thrown ends a
 * worker. What another controller does, or waits for, holds nothing up here.
 */
public final class Controller<T extends KubernetesObject> {
    /** A key whose last writes are not in the caches yet is woken by their events; this is for one that gets lost. */
    static final Duration RECHECK = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Controller.class);

    private final Class<T> kind;
    private final KeyQueue queue;
    private final ResourceReconciler<T> reconciler;
    private final Caches caches;
    private final OperatorResourceLister<T> lister;
    private final Expectations expectations;
    private final OperatorMetrics metrics;
    private final NanoClock clock;
    private final int workers;
    private final ExecutorService threads;
    private final Map<Request, Long> running = new ConcurrentHashMap<>();

    Controller(
            Class<T> kind,
            ResourceReconciler<T> reconciler,
            Queues queues,
            Caches caches,
            Expectations expectations,
            OperatorConfiguration configuration,
            OperatorMetrics metrics,
            NanoClock clock) {
        this.kind = kind;
        this.queue = queues.of(kind);
        this.reconciler = reconciler;
        this.caches = caches;
        this.lister = new OperatorResourceLister<>(kind, caches);
        this.expectations = expectations;
        this.metrics = metrics;
        this.clock = clock;
        this.workers = configuration.getWorkers();
        this.threads = Executors.newFixedThreadPool(workers, DaemonThreads.named(kind.getSimpleName()));
    }

    Class<T> kind() {
        return kind;
    }

    /** All its objects, whatever has happened to them. */
    void resync() {
        caches.keys(kind).forEach(queue::add);
    }

    void start() {
        for (int i = 0; i < workers; i++) {
            threads.execute(this::work);
        }
    }

    /** Takes no more keys. */
    void shutDown() {
        queue.shutDown();
        threads.shutdown();
    }

    /** Waits for those in work, but not longer than the timeout. */
    void awaitEnd(Duration timeout) {
        try {
            if (!threads.awaitTermination(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.warn("Still in work after {} s: {}", timeout.toSeconds(), running.keySet());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** For how long the slowest reconcile has been running; zero when none runs. */
    Duration longestRunning() {
        long now = clock.nanoTime();
        return Duration.ofNanos(
                running.values().stream().mapToLong(since -> now - since).max().orElse(0));
    }

    private void work() {
        while (!queue.isShuttingDown()) {
            Request key;
            try {
                key = queue.get();
            } catch (InterruptedException e) {
                return;
            }
            if (key == null) {
                return;
            }
            try (MDC.MDCCloseable ignored = MDC.putCloseable("key", key.getNamespace() + "/" + key.getName())) {
                long startedAt = clock.nanoTime();
                running.put(key, startedAt);
                Outcome outcome = reconcile(key, startedAt);
                metrics.reconciled(outcome, Duration.ofNanos(clock.nanoTime() - startedAt));
            } catch (Throwable t) {
                LOG.error("The worker goes on after an error of its own", t);
            } finally {
                running.remove(key);
                queue.done(key);
            }
        }
    }

    private Outcome reconcile(Request key, long startedAt) {
        if (!expectations.caughtUp(Key.of(kind, key))) {
            queue.addAfter(key, RECHECK);
            return Outcome.WAITED;
        }
        try {
            @Nullable Result result = reconciler.reconcile(key, lister);
            if (result == null) {
                throw new IllegalStateException("the reconciler answered null");
            }
            log(key, startedAt);
            queue.forget(key);
            result.requeueAfter().ifPresent(delay -> queue.addAfter(key, delay));
            return result.requeueAfter().isPresent() ? Outcome.REQUEUED : Outcome.DONE;
        } catch (Throwable t) {
            log(key, startedAt);
            queue.addRateLimited(key);
            if (t instanceof LeaseNotHeldException) {
                LOG.warn("Stopped before a write: {}", t.getMessage());
            } else {
                LOG.error("Reconcile failed, attempt {}", queue.numRequeues(key), t);
            }
            return Outcome.FAILED;
        }
    }

    private void log(Request key, long startedAt) {
        String writes = expectations.describe(Key.of(kind, key));
        if (!writes.isEmpty()) {
            LOG.info("Reconciled in {} ms: {}", TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - startedAt), writes);
        }
    }
}
