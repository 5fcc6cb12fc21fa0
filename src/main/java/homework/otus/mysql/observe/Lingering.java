package homework.otus.mysql.observe;

import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.PodReader;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Pod;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was told to go a while ago and is still there, in words: who waits for it should know. */
public final class Lingering {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** They wait for another object, which is named itself. */
    private static final Set<String> OF_KUBERNETES =
            Set.of("foregroundDeletion", "orphan", "kubernetes.io/pvc-protection", "batch.kubernetes.io/job-tracking");

    private Lingering() {}

    /** To be added to what is waited for; empty where nothing lingers. */
    public static String words(Observed observed) {
        return observed.lingering().isEmpty()
                ? ""
                : ": it waits for " + String.join("; and for ", observed.lingering());
    }

    /** Sorted, so that nothing seems to have changed when nothing has. */
    public static List<String> of(Stream<? extends @Nullable KubernetesObject> objects, Instant now) {
        List<? extends KubernetesObject> late = objects.filter(Objects::nonNull)
                .filter(object -> isLate(object, now))
                .toList();
        List<String> causes =
                late.stream().flatMap(object -> words(object).stream()).sorted().toList();
        return !causes.isEmpty()
                ? causes
                : late.stream()
                        .filter(V1Deployment.class::isInstance)
                        .map(object -> name(object) + ", whose Pods nobody ends")
                        .toList();
    }

    /** A Pod's time is when its grace period is over. */
    private static boolean isLate(KubernetesObject object, Instant now) {
        OffsetDateTime deleted = object.getMetadata().getDeletionTimestamp();
        return deleted != null && deleted.toInstant().plus(PATIENCE).isBefore(now);
    }

    private static Optional<String> words(KubernetesObject object) {
        List<String> finalizers = object.getMetadata().getFinalizers();
        List<String> foreign = finalizers == null
                ? List.of()
                : finalizers.stream()
                        .filter(finalizer -> !OF_KUBERNETES.contains(finalizer) && !Labels.FINALIZER.equals(finalizer))
                        .toList();
        if (!foreign.isEmpty()) {
            return Optional.of(name(object) + ", which keeps the finalizer " + String.join(", ", foreign));
        }
        if (object instanceof V1Pod pod && !PodReader.finished(pod)) {
            String node = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
            return Optional.of(name(pod) + ", which does not end" + (node == null ? "" : " on node " + node));
        }
        return Optional.empty();
    }

    private static String name(KubernetesObject object) {
        return object.getClass().getSimpleName().substring("V1".length()) + " "
                + object.getMetadata().getName();
    }
}
