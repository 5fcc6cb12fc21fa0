package homework.otus.mysql.observe;

import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.Ownership;
import homework.otus.mysql.child.Presence;
import homework.otus.mysql.child.RunningServer;
import homework.otus.mysql.child.Trouble;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The database server: its Deployment, and what the Deployment's ReplicaSets and Pods say.
 *
 * @param object the Deployment, null where absent
 * @param deleting the Deployment's deletion was asked for
 * @param ready a Pod of the newest template is available
 * @param rollout how far the newest template is
 * @param replicaSets how many are left, of any life
 * @param pods how many are left, of any life, terminating ones included
 * @param going whether some of these go by themselves, or are another controller's to end
 * @param orphans ReplicaSets and Pods without a controller, which nobody ends
 * @param dataMissing the start script refused to initialise, because a server has served from the volume
 * @param foundArchives the start script refused to initialise, because the backup volume holds an archive
 * @param running null while no container of the server runs
 */
public record Server(
        Presence presence,
        @Nullable V1Deployment object,
        boolean deleting,
        boolean ready,
        Rollout rollout,
        int replicaSets,
        int pods,
        boolean going,
        List<KubernetesObject> orphans,
        boolean dataMissing,
        boolean foundArchives,
        Trouble trouble,
        @Nullable RunningServer running) {

    public static final Server ABSENT = new Server(
            Presence.ABSENT,
            null,
            false,
            false,
            Rollout.RUNNING,
            0,
            0,
            false,
            List.of(),
            false,
            false,
            Trouble.NONE,
            null);

    /** How far a Deployment's template is. */
    public enum Rollout {
        RUNNING,
        /** A Pod of it has become ready, whatever became of that since. */
        DONE,
        /** None became ready within the Deployment's deadline. */
        LATE
    }

    /** Nothing of it is left, and nothing can come back: a ReplicaSet may still make a Pod. */
    public boolean stopped() {
        return presence == Presence.ABSENT && replicaSets == 0 && pods == 0;
    }

    /** How many servers the Deployment is to run; 1 where there is none of it. */
    public int replicas() {
        Integer replicas = object == null || object.getSpec() == null
                ? null
                : object.getSpec().getReplicas();
        return replicas == null ? 1 : replicas;
    }

    /** It answers, or did a moment ago: its users would notice a restart. */
    public boolean serves() {
        return ready || running != null && running.started();
    }

    /** Its Deployment was deleted alone: what is left runs on, and a Deployment of the same selector takes it over. */
    public boolean orphaned() {
        return presence == Presence.ABSENT && !stopped() && !going;
    }

    /** What the Deployment was asked to run, or null where there is none of ours. */
    public @Nullable ServerVariant variant() {
        if (object == null
                || presence != Presence.OURS
                || object.getSpec() == null
                || object.getSpec().getTemplate().getSpec() == null) {
            return null;
        }
        String asked = Ownership.annotations(object.getMetadata()).get(Labels.VARIANT);
        ServerVariant variant = asked == null ? null : ServedMark.parse(asked).variant();
        return variant == null ? ofTemplate(object.getSpec().getTemplate()) : variant;
    }

    /** As an operator made it that recorded nothing else. */
    private static ServerVariant ofTemplate(V1PodTemplateSpec template) {
        return ServerVariant.of(
                template.getSpec().getContainers().get(0).getImage(),
                Ownership.annotations(template.getMetadata()).getOrDefault(Labels.CONFIG, ""));
    }

    /** The image that the Deployment runs, or null where there is none of ours. */
    public @Nullable String image() {
        ServerVariant variant = variant();
        return variant == null ? null : variant.image();
    }
}
