package homework.otus.mysql.step;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One write to the API server, as a value. */
public sealed interface Action {

    /** The object that it is about; its class names the resource. */
    KubernetesObject target();

    <R> R accept(Visitor<R> visitor);

    /** For logs and tests, such as {@code create Service db}. Never holds a Secret's content. */
    String summary();

    /** Makes what is absent. An object that is there already is never changed by it. */
    record Create(KubernetesObject target) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.create(this);
        }

        @Override
        public String summary() {
            return "create " + name(target);
        }
    }

    /**
     * Corrects what has drifted, by server-side apply.
     *
     * @param uid of the object as observed: without it, apply would revive what was deleted since
     */
    record Apply(KubernetesObject target, String uid) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.apply(this);
        }

        @Override
        public String summary() {
            return "apply " + name(target);
        }
    }

    /**
     * @param target as observed: its uid is the precondition
     * @param unchanged its resourceVersion is, too
     */
    record Delete(KubernetesObject target, Propagation propagation, boolean unchanged) implements Action {
        public Delete(KubernetesObject target, Propagation propagation) {
            this(target, propagation, false);
        }

        /** For what goes because it is as it is. */
        public static Delete unchanged(KubernetesObject target) {
            return new Delete(target, Propagation.BACKGROUND, true);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.delete(this);
        }

        @Override
        public String summary() {
            return "delete " + name(target);
        }
    }

    /**
     * Changes an object's metadata only.
     *
     * @param target as observed: its resourceVersion is the precondition
     * @param finalizers the whole list to be, or null to leave it
     * @param labels to set
     * @param annotations to set
     */
    record PatchMetadata(
            KubernetesObject target,
            @Nullable List<String> finalizers,
            Map<String, String> labels,
            Map<String, String> annotations)
            implements Action {
        public static PatchMetadata annotate(KubernetesObject target, String annotation, String value) {
            return new PatchMetadata(target, null, Map.of(), Map.of(annotation, value));
        }

        public static PatchMetadata label(KubernetesObject target, Map<String, String> labels) {
            return new PatchMetadata(target, null, labels, Map.of());
        }

        public static PatchMetadata finalizers(KubernetesObject target, List<String> finalizers) {
            return new PatchMetadata(target, finalizers, Map.of(), Map.of());
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.patchMetadata(this);
        }

        @Override
        public String summary() {
            return "patch " + name(target)
                    + (finalizers == null ? "" : " finalizers=" + finalizers)
                    + (labels.isEmpty() ? "" : " labels=" + labels.keySet())
                    + (annotations.isEmpty() ? "" : " annotations=" + annotations.keySet());
        }
    }

    /**
     * Asks for a larger volume.
     *
     * @param target as observed: its resourceVersion is the precondition
     * @param annotations to set by the same write
     */
    record GrowClaim(V1PersistentVolumeClaim target, Quantity size, Map<String, String> annotations) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.growClaim(this);
        }

        @Override
        public String summary() {
            return "grow " + name(target) + " to " + size.toSuffixedString();
        }
    }

    /**
     * Ends a Job whose program has ended, with all that still runs in its Pod.
     *
     * @param target as observed: its resourceVersion is the precondition
     * @param condition the type of the one to be added to the Job's status
     * @param end its message: how the program ended, to be kept
     */
    record EndJob(V1Job target, String condition, boolean well, String end) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.endJob(this);
        }

        @Override
        public String summary() {
            return "end " + name(target) + (well ? " well" : " as failed");
        }
    }

    /** What becomes of an object's dependents. */
    enum Propagation {
        /** They go on their own time. */
        BACKGROUND,
        /** They go first: the object is there until they are gone. */
        FOREGROUND
    }

    /** One case an action: adding an action breaks the build until each reader of actions knows it. */
    interface Visitor<R> {
        R create(Create action);

        R apply(Apply action);

        R delete(Delete action);

        R patchMetadata(PatchMetadata action);

        R growClaim(GrowClaim action);

        R endJob(EndJob action);
    }

    private static String name(KubernetesObject object) {
        return object.getClass().getSimpleName().replaceFirst("^V1", "")
                + " "
                + object.getMetadata().getName();
    }
}
