package homework.otus.mysql.child;

import io.kubernetes.client.common.KubernetesObject;
import java.util.ArrayList;
import java.util.List;

/** Our finalizer among others', which are kept. */
public final class Finalizers {
    private Finalizers() {}

    public static boolean held(KubernetesObject object) {
        return of(object).contains(Labels.FINALIZER);
    }

    public static List<String> with(KubernetesObject object) {
        List<String> finalizers = new ArrayList<>(of(object));
        finalizers.add(Labels.FINALIZER);
        return finalizers;
    }

    public static List<String> without(KubernetesObject object) {
        List<String> finalizers = new ArrayList<>(of(object));
        finalizers.remove(Labels.FINALIZER);
        return finalizers;
    }

    private static List<String> of(KubernetesObject object) {
        List<String> finalizers = object.getMetadata().getFinalizers();
        return finalizers == null ? List.of() : finalizers;
    }
}
