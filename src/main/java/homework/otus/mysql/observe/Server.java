package homework.otus.mysql.observe;

import io.kubernetes.client.openapi.models.V1Deployment;
import org.jspecify.annotations.Nullable;

/**
 * The database server: its Deployment, and what the Deployment's ReplicaSets and Pods say.
 *
 * @param object the Deployment, null where absent
 * @param deleting the Deployment's deletion was asked for
 * @param ready a Pod of the newest template is available
 * @param replicaSets how many are left, of any life
 * @param pods how many are left, of any life, terminating ones included
 * @param foundArchives the start script refused to initialise, because the backup volume holds an archive
 */
public record Server(
        Presence presence,
        @Nullable V1Deployment object,
        boolean deleting,
        boolean ready,
        int replicaSets,
        int pods,
        boolean foundArchives,
        Trouble trouble) {

    public static final Server ABSENT = new Server(Presence.ABSENT, null, false, false, 0, 0, false, Trouble.NONE);

    /** Nothing of it is left, and nothing can come back: a ReplicaSet may still make a Pod. */
    public boolean stopped() {
        return presence == Presence.ABSENT && replicaSets == 0 && pods == 0;
    }

    /** The image that the Deployment runs, or null where there is none of ours. */
    public @Nullable String image() {
        if (object == null
                || presence != Presence.OURS
                || object.getSpec() == null
                || object.getSpec().getTemplate().getSpec() == null) {
            return null;
        }
        return object.getSpec().getTemplate().getSpec().getContainers().get(0).getImage();
    }
}
