package homework.otus.mysql.kube;

import homework.otus.mysql.config.OperatorConfiguration;
import homework.otus.mysql.telemetry.OperatorMetrics;
import io.kubernetes.client.common.KubernetesObject;
import jakarta.inject.Singleton;

/**
 * Makes controllers. A bean of the type {@link Controller} is all that registers one: the operator starts and stops what
 * there is.
 */
@Singleton
public final class Controllers {
    private final Queues queues;
    private final Caches caches;
    private final Expectations expectations;
    private final OperatorConfiguration configuration;
    private final OperatorMetrics metrics;
    private final NanoClock clock;

    Controllers(
            Queues queues,
            Caches caches,
            Expectations expectations,
            OperatorConfiguration configuration,
            OperatorMetrics metrics,
            NanoClock clock) {
        this.queues = queues;
        this.caches = caches;
        this.expectations = expectations;
        this.configuration = configuration;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** @param kind of the table of kinds, reconciled */
    public <T extends KubernetesObject> Controller<T> of(Class<T> kind, ResourceReconciler<T> reconciler) {
        return new Controller<>(kind, reconciler, queues, caches, expectations, configuration, metrics, clock);
    }
}
