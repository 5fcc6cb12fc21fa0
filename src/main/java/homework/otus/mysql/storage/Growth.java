package homework.otus.mysql.storage;

import homework.otus.mysql.api.ConditionType;
import homework.otus.mysql.api.MySQLStatus;
import homework.otus.mysql.observe.Claim;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.step.Action;
import homework.otus.mysql.step.Actions;
import homework.otus.mysql.step.Capability;
import io.kubernetes.client.custom.Quantity;
import java.util.List;

/** Volumes that are to be larger. A claim without a volume can't grow yet. */
public final class Growth {
    private Growth() {}

    /**
     * Only after the condition has told of it: a volume may have grown before an operator that was killed could, and then
     * the pending resize would be forgotten.
     */
    public static void both(Observed o, Actions actions) {
        MySQLStatus status = o.mysql().getStatus();
        boolean told = status != null
                && status.condition(ConditionType.StorageResized)
                        .filter(condition -> !"True".equals(condition.status()))
                        .isPresent();
        if (told) {
            grow(o.data(), Claims.dataSize(o.mysql()), actions.of(Capability.DATA_GROWTH));
            backup(o, actions);
        }
    }

    public static void backup(Observed o, Actions actions) {
        grow(o.backup(), Claims.backupSize(o.mysql()), actions.of(Capability.BACKUP_GROWTH));
    }

    private static void grow(Claim claim, Quantity wanted, List<Action> actions) {
        if (claim.object() != null
                && claim.phase() == Claim.VolumePhase.BOUND
                && !claim.deleting()
                && wanted.getNumber().compareTo(claim.requested().getNumber()) > 0) {
            actions.add(new Action.GrowClaim(claim.object(), wanted));
        }
    }
}
