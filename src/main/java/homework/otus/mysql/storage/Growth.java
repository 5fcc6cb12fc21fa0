package homework.otus.mysql.storage;

import static homework.otus.mysql.api.ConditionType.StorageResized;

import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.Names;
import homework.otus.mysql.child.Ownership;
import homework.otus.mysql.observe.Claim;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.step.Action;
import homework.otus.mysql.step.Advance;
import homework.otus.mysql.step.Capability;
import homework.otus.mysql.step.Finding;
import homework.otus.mysql.step.Reason;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimCondition;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Volumes that are to be larger. A claim without a volume can't grow yet. That the operator has asked is written on the
 * claim by the same write: a volume may have grown before an operator that was killed could tell.
 */
public final class Growth {
    public static final Capability DATA_GROWTH = new Capability("DataGrowth");
    public static final Capability BACKUP_GROWTH = new Capability("BackupGrowth");

    private Growth() {}

    public static Advance both(Observed observed) {
        Quantity data = Claims.dataSize(observed.mysql());
        Quantity backup = Claims.backupSize(observed.mysql());
        Finding growing = growing(Names.dataClaim(observed.name()), observed.data(), data)
                .or(() -> growing(Names.backupClaim(observed.name()), observed.backup(), backup))
                .orElse(null);
        return Advance.of(DATA_GROWTH, grow(observed, observed.data(), data))
                .and(backup(observed))
                .telling(growing == null ? grown(observed) : growing);
    }

    public static Advance backup(Observed observed) {
        return Advance.of(BACKUP_GROWTH, grow(observed, observed.backup(), Claims.backupSize(observed.mysql())));
    }

    private static List<Action> grow(Observed observed, Claim claim, Quantity wanted) {
        return claim.object() != null
                        && claim.phase() == Claim.VolumePhase.BOUND
                        && !claim.deleting()
                        && isMore(wanted, claim.requested())
                ? List.of(new Action.GrowClaim(claim.object(), wanted, Map.of(Labels.GROWN_FOR, observed.uid())))
                : List.of();
    }

    private static Optional<Finding> growing(String name, Claim claim, Quantity wanted) {
        if (claim.phase() != Claim.VolumePhase.BOUND
                || claim.capacity().getNumber().signum() == 0) {
            return Optional.empty();
        }
        if (isMore(wanted, claim.requested())) {
            return Optional.of(Finding.unknown(
                    StorageResized, Reason.Resizing, "asking for " + wanted.toSuffixedString() + " for " + name));
        }
        if (!isMore(wanted, claim.capacity())) {
            return Optional.empty();
        }
        return Optional.of(failure(claim)
                .map(problem ->
                        Finding.no(StorageResized, Reason.ResizeFailed, name + " can't be made larger: " + problem))
                .orElseGet(() -> Finding.unknown(
                        StorageResized,
                        Reason.Resizing,
                        name + " grows from " + claim.capacity().toSuffixedString() + " to " + wanted.toSuffixedString()
                                + progress(claim))));
    }

    private static @Nullable Finding grown(Observed observed) {
        boolean asked = Stream.of(observed.data(), observed.backup())
                .map(Claim::object)
                .anyMatch(claim -> claim != null
                        && observed.uid().equals(Ownership.annotations(claim).get(Labels.GROWN_FOR)));
        return asked
                ? Finding.yes(
                        StorageResized,
                        Reason.Resized,
                        Names.dataClaim(observed.name()) + " has "
                                + observed.data().capacity().toSuffixedString())
                : null;
    }

    private static boolean isMore(Quantity one, Quantity other) {
        return one.getNumber().compareTo(other.getNumber()) > 0;
    }

    /** Kubernetes' own words where the driver or the kubelet gave up. */
    private static Optional<String> failure(Claim claim) {
        V1PersistentVolumeClaimStatus status = status(claim.object());
        Map<String, String> states = status == null ? null : status.getAllocatedResourceStatuses();
        String state = states == null ? "" : states.getOrDefault("storage", "");
        if (!state.endsWith("Infeasible")) {
            return Optional.empty();
        }
        return Optional.of(state
                + conditions(claim)
                        .map(condition -> ", " + condition.getMessage())
                        .reduce("", String::concat));
    }

    private static String progress(Claim claim) {
        return conditions(claim)
                .map(V1PersistentVolumeClaimCondition::getType)
                .map(type -> " (" + type + ")")
                .findFirst()
                .orElse("");
    }

    private static Stream<V1PersistentVolumeClaimCondition> conditions(Claim claim) {
        V1PersistentVolumeClaimStatus status = status(claim.object());
        List<V1PersistentVolumeClaimCondition> conditions = status == null ? null : status.getConditions();
        return conditions == null
                ? Stream.empty()
                : conditions.stream().filter(condition -> "True".equals(condition.getStatus()));
    }

    private static @Nullable V1PersistentVolumeClaimStatus status(@Nullable V1PersistentVolumeClaim claim) {
        return claim == null ? null : claim.getStatus();
    }
}
