package homework.otus.mysql.storage;

import static homework.otus.mysql.api.ConditionType.DataVolumeTerminating;

import homework.otus.mysql.child.Names;
import homework.otus.mysql.child.Presence;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.step.Finding;
import homework.otus.mysql.step.Reason;
import org.jspecify.annotations.Nullable;

/** Whether somebody deleted the data claim under the database. */
public final class DataVolumeFinding {
    private DataVolumeFinding() {}

    public static @Nullable Finding of(Observed o) {
        boolean byHand = o.data().presence() == Presence.OURS && o.data().deleting() && !o.released();
        return byHand ? Finding.yes(DataVolumeTerminating, Reason.DataClaimDeleted, message(o)) : null;
    }

    public static String message(Observed o) {
        return Names.dataClaim(o.name())
                + " was deleted by hand: nothing is lost and nothing was stopped, but no new Pod"
                + " can mount it, so no final backup can be taken; see \"The data claim was deleted\" in docs/operations.md for how"
                + " to give the volume a new claim";
    }
}
