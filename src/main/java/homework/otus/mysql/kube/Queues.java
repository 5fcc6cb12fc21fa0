package homework.otus.mysql.kube;

import homework.otus.mysql.telemetry.OperatorMetrics;
import io.kubernetes.client.common.KubernetesObject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A queue for each kind that has a controller: objects of two kinds may have one name. */
@Singleton
public final class Queues {
    private final Map<Class<? extends KubernetesObject>, KeyQueue> queues = new ConcurrentHashMap<>();

    Queues(OperatorMetrics metrics) {
        metrics.queueDepth(
                () -> queues.values().stream().mapToInt(KeyQueue::length).sum());
    }

    public KeyQueue of(Class<? extends KubernetesObject> kind) {
        return queues.computeIfAbsent(kind, k -> new KeyQueue());
    }
}
