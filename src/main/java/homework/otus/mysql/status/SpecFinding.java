package homework.otus.mysql.status;

import static homework.otus.mysql.status.ConditionType.SpecApplied;

import homework.otus.mysql.api.MySQLSpec;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.Presence;
import homework.otus.mysql.plan.AppliedSpec;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import org.jspecify.annotations.Nullable;

/** Whether what runs is what the spec says. */
final class SpecFinding {
    private SpecFinding() {}

    /** Null while there is no server to compare with, or one that has not taken its spec yet. */
    static @Nullable Finding of(Observed o) {
        if (o.deleting() || o.server().presence() != Presence.OURS || o.credentials() == null) {
            return null;
        }
        MySQLSpec spec = o.mysql().getSpec();
        if (!AppliedSpec.image(o).equals(spec.getImage())) {
            return no(
                    Reason.ImageChangeNotSupported,
                    "spec.image is now " + spec.getImage() + ", but the server goes on running " + AppliedSpec.image(o)
                            + ": delete " + o.name() + " and create it again with the new image; its rows come back");
        }
        if (!AppliedSpec.password(o).equals(spec.getPassword())) {
            return no(
                    Reason.PasswordChangeNotSupported,
                    "spec.password was changed, but the server keeps its old one: delete " + o.name()
                            + " and create it again with the new password; its rows come back");
        }
        if (!sameSize(o.data().object(), spec.getStorageSize())) {
            return no(
                    Reason.StorageChangeNotSupported,
                    "spec.storage_size is now " + spec.getStorageSize() + ", but the volume keeps its size: delete "
                            + o.name() + " and create it again with the new size; its rows come back");
        }
        if (!o.server().ready()) {
            return null;
        }
        return Finding.yes(SpecApplied, Reason.Applied, "the server runs what the spec says");
    }

    private static Finding no(Reason reason, String message) {
        return Finding.no(SpecApplied, reason, message);
    }

    private static boolean sameSize(@Nullable V1PersistentVolumeClaim claim, String size) {
        if (claim == null || claim.getSpec() == null || claim.getSpec().getResources() == null) {
            return true;
        }
        Quantity requested = claim.getSpec().getResources().getRequests() == null
                ? null
                : claim.getSpec().getResources().getRequests().get("storage");
        return requested == null || requested.getNumber().compareTo(new Quantity(size).getNumber()) == 0;
    }
}
