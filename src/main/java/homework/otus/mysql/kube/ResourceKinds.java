package homework.otus.mysql.kube;

import io.kubernetes.client.common.KubernetesObject;
import java.util.List;

/** The one table of the kinds that the operator watches or writes. */
public record ResourceKinds(List<ResourceKind<?>> all) {
    public ResourceKinds {
        all = List.copyOf(all);
    }

    /** @throws IllegalArgumentException where the table has no such kind */
    @SuppressWarnings("unchecked") // a row is of its type
    <T extends KubernetesObject> ResourceKind<T> of(Class<T> type) {
        return (ResourceKind<T>) all.stream()
                .filter(kind -> kind.type() == type)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the table of kinds has no " + type.getSimpleName()));
    }
}
