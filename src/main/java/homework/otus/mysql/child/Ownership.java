package homework.otus.mysql.child;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whose an object is. */
public final class Ownership {
    private Ownership() {}

    /**
     * Whose owner is this MySQL, or nobody: {@code kubectl delete --cascade=orphan} leaves that behind, and backup tools
     * bring objects back without their owners. It is adopted. What another MySQL owns, the garbage collector takes.
     */
    public static boolean belongsTo(KubernetesObject object, String uid) {
        return ownedBy(object, uid) || !isControlled(object);
    }

    public static boolean isControlled(KubernetesObject object) {
        return owners(object).stream().anyMatch(owner -> Boolean.TRUE.equals(owner.getController()));
    }

    /** Whether the object of this uid controls it. */
    public static boolean ownedBy(KubernetesObject object, String uid) {
        return owners(object).stream()
                .anyMatch(owner -> Boolean.TRUE.equals(owner.getController()) && Objects.equals(uid, owner.getUid()));
    }

    static List<V1OwnerReference> owners(KubernetesObject object) {
        List<V1OwnerReference> owners = object.getMetadata().getOwnerReferences();
        return owners == null ? List.of() : owners;
    }

    public static Map<String, String> labels(KubernetesObject object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }

    public static Map<String, String> annotations(KubernetesObject object) {
        return annotations(object.getMetadata());
    }

    /** @param metadata null where a template has none */
    public static Map<String, String> annotations(@Nullable V1ObjectMeta metadata) {
        return metadata == null || metadata.getAnnotations() == null ? Map.of() : metadata.getAnnotations();
    }

    public static String uid(KubernetesObject object) {
        return String.valueOf(object.getMetadata().getUid());
    }
}
