package homework.otus.mysql.plan;

import homework.otus.mysql.manifest.Labels;
import io.kubernetes.client.common.KubernetesObject;
import java.util.ArrayList;
import java.util.List;

/** Our finalizer among others', which are kept. */
final class Finalizers {
    private Finalizers() {}

    static boolean held(KubernetesObject object) {
        return of(object).contains(Labels.FINALIZER);
    }

    static List<String> with(KubernetesObject object) {
        List<String> finalizers = new ArrayList<>(of(object));
        finalizers.add(Labels.FINALIZER);
        return finalizers;
    }

    static List<String> without(KubernetesObject object) {
        List<String> finalizers = new ArrayList<>(of(object));
        finalizers.remove(Labels.FINALIZER);
        return finalizers;
    }

    private static List<String> of(KubernetesObject object) {
        List<String> finalizers = object.getMetadata().getFinalizers();
        return finalizers == null ? List.of() : finalizers;
    }
}
