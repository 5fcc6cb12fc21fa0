package homework.otus.mysql.kube;

import homework.otus.mysql.step.Taken;
import io.kubernetes.client.common.KubernetesObject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How the API server took what was asked of it, where an admission policy has made something else of it. Held in memory
 * only: after a restart each such object is applied once more, which changes nothing.
 */
@Singleton
public final class Answers {
    private final Map<Key, Taken> answers = new ConcurrentHashMap<>();

    public void altered(KubernetesObject desired, KubernetesObject answer) {
        answers.put(Key.of(desired), new Taken(desired, answer));
    }

    public void asAsked(KubernetesObject desired) {
        answers.remove(Key.of(desired));
    }

    /** Those for objects of these names. */
    public List<Taken> of(String namespace, List<String> names) {
        return answers.entrySet().stream()
                .filter(entry -> entry.getKey().namespace().equals(namespace)
                        && names.contains(entry.getKey().name()))
                .map(Map.Entry::getValue)
                .toList();
    }
}
