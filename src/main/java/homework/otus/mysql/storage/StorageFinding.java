package homework.otus.mysql.storage;

import static homework.otus.mysql.api.ConditionType.StorageResized;

import homework.otus.mysql.child.Names;
import homework.otus.mysql.observe.Claim;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.step.Finding;
import homework.otus.mysql.step.Reason;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimCondition;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether the volumes are as large as asked for. */
public final class StorageFinding {
    private StorageFinding() {}

    /**
     * @param toldBefore whether the condition is there
     */
    public static @Nullable Finding of(Observed o, boolean toldBefore) {
        if (o.deleting()) {
            return null;
        }
        Optional<Finding> growing = Stream.of(
                        growing(Names.dataClaim(o.name()), o.data(), Claims.dataSize(o.mysql())),
                        growing(Names.backupClaim(o.name()), o.backup(), Claims.backupSize(o.mysql())))
                .flatMap(Optional::stream)
                .findFirst();
        return growing.orElseGet(() -> toldBefore ? resized(o) : null);
    }

    private static Optional<Finding> growing(String name, Claim claim, Quantity wanted) {
        if (claim.phase() != Claim.VolumePhase.BOUND
                || claim.capacity().getNumber().signum() == 0) {
            return Optional.empty();
        }
        if (claim.requested().getNumber().compareTo(wanted.getNumber()) < 0) {
            return Optional.of(Finding.unknown(
                    StorageResized, Reason.Resizing, "asking for " + wanted.toSuffixedString() + " for " + name));
        }
        if (claim.capacity().getNumber().signum() == 0
                || claim.capacity().getNumber().compareTo(wanted.getNumber()) >= 0) {
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

    private static Finding resized(Observed o) {
        return Finding.yes(
                StorageResized,
                Reason.Resized,
                Names.dataClaim(o.name()) + " has " + o.data().capacity().toSuffixedString());
    }

    /** Kubernetes' own words where the driver or the kubelet gave up. */
    private static Optional<String> failure(Claim claim) {
        V1PersistentVolumeClaimStatus status =
                claim.object() == null ? null : claim.object().getStatus();
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
        V1PersistentVolumeClaimStatus status =
                claim.object() == null ? null : claim.object().getStatus();
        List<V1PersistentVolumeClaimCondition> conditions = status == null ? null : status.getConditions();
        return conditions == null
                ? Stream.empty()
                : conditions.stream().filter(condition -> "True".equals(condition.getStatus()));
    }
}
