package homework.otus.mysql.plan;

import homework.otus.mysql.manifest.Labels;
import homework.otus.mysql.manifest.ServedMark;
import homework.otus.mysql.manifest.ServerVariant;
import homework.otus.mysql.observe.Observed;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import java.util.List;
import java.util.Map;

/** Keeps the mark on the data claim that says which server was ready on its volume last. */
final class Served {
    private Served() {}

    static void mark(Observed o, List<Action> actions) {
        ServerVariant serving = o.server().ready() ? o.server().variant() : null;
        V1PersistentVolumeClaim claim = o.data().object();
        if (serving != null && claim != null) {
            ServedMark mark = ServedMark.of(serving);
            if (!mark.equals(o.data().served())) {
                actions.add(new Action.PatchMetadata(claim, null, Map.of(), Map.of(Labels.SERVED, mark.toJson())));
            }
        }
    }
}
