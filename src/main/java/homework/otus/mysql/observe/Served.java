package homework.otus.mysql.observe;

import homework.otus.mysql.backup.Restoring;
import homework.otus.mysql.child.Labels;
import homework.otus.mysql.step.Action;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import java.util.List;
import java.util.Map;

/** Keeps the mark on the data claim that says which server was ready on its volume last. */
public final class Served {
    private Served() {}

    /** Whether the volume can't be empty any more. */
    public static boolean once(Observed o) {
        return o.data().served() != null || o.server().ready();
    }

    /** As far as anything but a look at the volume can tell. */
    public static boolean maybe(Observed o) {
        return once(o) || Variants.lastReady(o) != null || Restoring.happened(o);
    }

    public static void mark(Observed o, List<Action> actions) {
        ServerVariant serving = o.server().ready() ? o.server().variant() : null;
        if (serving != null) {
            mark(o, ServedMark.of(serving), actions);
        }
    }

    /** When the stop is ordered: afterwards nobody could tell any more whether the server answered. */
    public static void markBeforeStop(Observed o, List<Action> actions) {
        ServedMark served = o.data().served();
        if (o.server().object() == null || o.server().deleting()) {
            return;
        }
        if (o.server().ready()) {
            mark(o, actions);
        } else if (served != null) {
            mark(o, new ServedMark(served.variant(), true), actions);
        }
    }

    private static void mark(Observed o, ServedMark mark, List<Action> actions) {
        V1PersistentVolumeClaim claim = o.data().object();
        if (claim != null && !mark.equals(o.data().served())) {
            actions.add(new Action.PatchMetadata(claim, null, Map.of(), Map.of(Labels.SERVED, mark.toJson())));
        }
    }
}
