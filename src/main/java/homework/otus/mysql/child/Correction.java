package homework.otus.mysql.child;

import homework.otus.mysql.step.Action;
import homework.otus.mysql.step.Coverage;
import homework.otus.mysql.step.Taken;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes an owned child what it should be. */
public final class Correction {
    private Correction() {}

    /**
     * What is to be done; empty where nothing is.
     *
     * @param actual null where absent
     * @param taken how the API server took what was asked
     */
    public static <T extends KubernetesObject> List<Action> of(T desired, @Nullable T actual, List<Taken> taken) {
        return of(desired, actual, taken, Coverage::covers);
    }

    /** @param covers whether the second has all that the first asks for, owners apart */
    public static <T extends KubernetesObject> List<Action> of(
            T desired, @Nullable T actual, List<Taken> taken, BiPredicate<T, T> covers) {
        if (actual == null) {
            return List.of(new Action.Create(desired));
        }
        boolean asAsked = isOwned(desired, actual) && covers.test(desired, actual);
        return asAsked || Coverage.unchanged(desired, actual, taken)
                ? List.of()
                : List.of(new Action.Apply(desired, Ownership.uid(actual)));
    }

    /** What was adopted isn't yet. */
    private static boolean isOwned(KubernetesObject desired, KubernetesObject actual) {
        return uids(actual).containsAll(uids(desired));
    }

    private static Set<String> uids(KubernetesObject object) {
        return Ownership.owners(object).stream().map(V1OwnerReference::getUid).collect(Collectors.toSet());
    }
}
