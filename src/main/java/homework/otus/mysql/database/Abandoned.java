package homework.otus.mysql.database;

import homework.otus.mysql.child.Finalizers;
import homework.otus.mysql.step.Action;
import homework.otus.mysql.step.Group;
import homework.otus.mysql.storage.Storage;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Claims of a MySQL object that is gone without its end: somebody took its finalizer away. */
public final class Abandoned {
    private Abandoned() {}

    /** Lets go those whose deletion was asked for. Only where the namespace goes: elsewhere they are kept, for their rows. */
    public static List<Group> release(List<V1PersistentVolumeClaim> claims) {
        List<Action> actions = claims.stream()
                .filter(claim -> claim.getMetadata().getDeletionTimestamp() != null && Finalizers.held(claim))
                .<Action>map(claim -> new Action.PatchMetadata(claim, Finalizers.without(claim), Map.of(), Map.of()))
                .toList();
        return actions.isEmpty() ? List.of() : List.of(new Group(Storage.RELEASE, Set.of(), actions));
    }
}
