package homework.otus.mysql.observe;

import homework.otus.mysql.api.BackupRecord;
import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.Ownership;
import homework.otus.mysql.child.Presence;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1PersistentVolume;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimSpec;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimStatus;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A claim, and what our labels and annotations on it say.
 *
 * @param object null where absent
 * @param phase the volume's
 * @param deleting its deletion was asked for
 * @param mislabelled it is this database's, but somebody has changed the labels by which it is found
 * @param holdsFinalizer ours
 * @param releasedFor the uid of the MySQL object whose end has released it
 * @param record the newest proven archive, on a backup claim
 * @param holdsArchives archives were found on it that no record speaks of
 * @param volume a static one for it; null where there is none or that doesn't matter, for the claim is bound
 * @param served of a data claim: a server has served from its volume; null where none has
 */
public record Claim(
        Presence presence,
        @Nullable V1PersistentVolumeClaim object,
        VolumePhase phase,
        boolean deleting,
        boolean mislabelled,
        boolean holdsFinalizer,
        @Nullable String releasedFor,
        @Nullable BackupRecord record,
        boolean holdsArchives,
        @Nullable V1PersistentVolume volume,
        @Nullable ServedMark served) {

    private static final Quantity NO_SIZE = new Quantity("0");

    public static final Claim ABSENT = absent(null);

    public static Claim absent(@Nullable V1PersistentVolume volume) {
        return new Claim(
                Presence.ABSENT, null, VolumePhase.PENDING, false, false, false, null, null, false, volume, null);
    }

    /** A claim's volume. */
    public enum VolumePhase {
        /** There is none yet, and so nothing was ever written to it. */
        PENDING,
        BOUND,
        /** There was one, and it is gone. */
        LOST
    }

    public boolean absent() {
        return presence == Presence.ABSENT;
    }

    public String uid() {
        return object == null ? "" : String.valueOf(object.getMetadata().getUid());
    }

    /** It is bound to no volume, and asks for none by name. */
    public boolean ofAnyVolume() {
        return object == null
                || object.getSpec() == null
                || object.getSpec().getVolumeName() == null
                || object.getSpec().getVolumeName().isEmpty();
    }

    public boolean madeByOperator() {
        return object != null && Ownership.labels(object).containsKey(Labels.MYSQL_UID);
    }

    /** The size asked for; 0 where there is none. */
    public Quantity requested() {
        V1PersistentVolumeClaimSpec spec = object == null ? null : object.getSpec();
        return spec == null || spec.getResources() == null
                ? NO_SIZE
                : storage(spec.getResources().getRequests());
    }

    /** The size that the volume has; 0 where there is none. */
    public Quantity capacity() {
        V1PersistentVolumeClaimStatus status = object == null ? null : object.getStatus();
        return status == null ? NO_SIZE : storage(status.getCapacity());
    }

    private static Quantity storage(@Nullable Map<String, Quantity> sizes) {
        return sizes == null ? NO_SIZE : sizes.getOrDefault("storage", NO_SIZE);
    }

    /** Whether something may be on it that this MySQL object did not write. */
    public boolean mayHoldArchives() {
        return presence == Presence.EARLIER || record != null || holdsArchives;
    }

    /**
     * Nothing was ever written to the claim's volume, for there was none. One that asks for a certain volume, or that
     * somebody else has made, is about to get what may hold archives.
     */
    public boolean neverUsed() {
        return object != null
                && phase == VolumePhase.PENDING
                && ofAnyVolume()
                && madeByOperator()
                && !deleting
                && record == null
                && !holdsArchives;
    }
}
