package homework.otus.mysql.kube;

import homework.otus.mysql.config.OperatorConfiguration;
import io.micronaut.context.annotation.Requires;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's life: fill the caches, stand for election, work while leading, stop in order. A replica that does not
 * lead keeps its caches warm. One that loses the lease ends with status 1 and is started anew by the kubelet.
 */
@Singleton
@Requires(property = "operator.enabled", notEquals = "false", defaultValue = "true")
final class Operator {
    private static final Logger LOG = LoggerFactory.getLogger(Operator.class);
    private static final Duration SYNC_CHECK = Duration.ofMillis(20);
    private static final Duration SYNC_COMPLAINT = Duration.ofSeconds(10);

    private final Caches caches;
    private final List<Controller<?>> controllers;
    private final LeaderElection election;
    private final OwnImage image;
    private final OperatorConfiguration configuration;
    private final ProcessExit exit;
    private final ScheduledExecutorService resync =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("resync"));
    private final Thread main = DaemonThreads.named("operator").newThread(this::run);

    Operator(
            Caches caches,
            List<Controller<?>> controllers,
            LeaderElection election,
            OwnImage image,
            OperatorConfiguration configuration,
            ProcessExit exit) {
        this.caches = caches;
        this.controllers = List.copyOf(controllers);
        this.election = election;
        this.image = image;
        this.configuration = configuration;
        this.exit = exit;
    }

    @EventListener
    void onStartup(ServerStartupEvent event) {
        LOG.info(
                "Watching {}",
                configuration.watchedNamespaces().isEmpty() ? "all namespaces" : configuration.watchedNamespaces());
        main.start();
    }

    @EventListener
    void onAcquired(LeaseAcquiredEvent event) {
        controllers.forEach(Controller::start);
        long period = configuration.getResyncPeriod().toMillis();
        resync.scheduleAtFixedRate(
                () -> controllers.forEach(Controller::resync), period, period, TimeUnit.MILLISECONDS);
    }

    @EventListener
    void onLost(LeaseLostEvent event) {
        LOG.error("Lost the lease: {}. Ending at once, to be started anew", event.reason());
        exit.halt(1);
    }

    @PreDestroy
    void stop() throws InterruptedException {
        LOG.info("Stopping");
        resync.shutdownNow();
        endReconciles();
        election.release();
        main.interrupt();
        caches.stop();
        LOG.info("Stopped");
    }

    /** All of them together within the timeout. */
    private void endReconciles() {
        long deadline = System.nanoTime() + configuration.getShutdownTimeout().toNanos();
        controllers.forEach(Controller::shutDown);
        controllers.forEach(controller -> controller.awaitEnd(Duration.ofNanos(deadline - System.nanoTime())));
    }

    private void run() {
        try {
            LOG.info("Jobs will run {}", image.reference());
            caches.start();
            awaitSync();
            // Only now: a replica that cannot see the cluster must not keep another from leading.
            election.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable t) {
            LOG.error("The operator cannot run", t);
            exit.halt(1);
        }
    }

    private void awaitSync() throws InterruptedException {
        long waited = 0;
        while (!caches.synced()) {
            Thread.sleep(SYNC_CHECK.toMillis());
            waited += SYNC_CHECK.toMillis();
            if (waited % SYNC_COMPLAINT.toMillis() == 0) {
                LOG.warn("Still listing {}", caches.unsynced());
            }
        }
        LOG.info(
                "Caches are filled: {}",
                controllers.stream()
                        .map(Controller::kind)
                        .map(kind -> caches.keys(kind).size() + " of kind " + kind.getSimpleName())
                        .collect(Collectors.joining(", ")));
    }
}
