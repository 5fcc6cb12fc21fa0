package homework.otus.mysql.storage;

import homework.otus.mysql.api.ConditionType;
import homework.otus.mysql.child.Component;
import homework.otus.mysql.child.Finalizers;
import homework.otus.mysql.child.Folders;
import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.Names;
import homework.otus.mysql.child.Presence;
import homework.otus.mysql.child.StaticVolumes;
import homework.otus.mysql.observe.Claim;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.step.Action;
import homework.otus.mysql.step.Advance;
import homework.otus.mysql.step.Capability;
import homework.otus.mysql.step.Finding;
import homework.otus.mysql.step.Reason;
import io.kubernetes.client.openapi.models.V1ObjectReference;
import io.kubernetes.client.openapi.models.V1PersistentVolume;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The two claims, and the volumes for them where nobody else provides any. */
public final class Storage {
    public static final Capability DATA_CLAIM = new Capability("DataClaim");
    public static final Capability BACKUP_CLAIM = new Capability("BackupClaim");

    /** At the end: the data claim may go, or becomes the user's. */
    public static final Capability RELEASE = new Capability("Release");

    private final StaticVolumes volumes;
    private final String operatorImage;

    public Storage(StaticVolumes volumes, String operatorImage) {
        this.volumes = volumes;
        this.operatorImage = operatorImage;
    }

    /** Where the database is on the volumes that it has or will have. */
    public Folders folders(Observed observed) {
        return Folders.of(data(observed), backup(observed));
    }

    /** Puts the labels back by which the caches find the claims. */
    public Advance relabel(Observed observed) {
        return relabel(DATA_CLAIM, observed, observed.data(), Component.DATA)
                .and(relabel(BACKUP_CLAIM, observed, observed.backup(), Component.BACKUP));
    }

    private static Advance relabel(Capability capability, Observed observed, Claim claim, Component component) {
        return claim.object() != null && claim.mislabelled()
                ? Advance.of(
                        capability, Action.PatchMetadata.label(claim.object(), Labels.of(observed.name(), component)))
                : Advance.NONE;
    }

    /** Both, and their volumes. */
    public Advance claims(Observed observed) {
        Claim data = observed.data();
        Advance claims = Advance.NONE;
        if (data.object() == null) {
            claims = Advance.of(DATA_CLAIM, new Action.Create(data(observed)));
        } else if (!data.deleting() && (data.presence() == Presence.EARLIER || !data.holdsFinalizer())) {
            // A claim that an earlier life left behind holds rows: it is served, and backed up when this life ends.
            claims = Advance.of(
                    DATA_CLAIM,
                    new Action.PatchMetadata(
                            data.object(),
                            data.holdsFinalizer() ? null : Finalizers.with(data.object()),
                            Map.of(Labels.MYSQL_UID, observed.uid()),
                            Map.of()));
        }
        return claims.and(DATA_CLAIM, volume(observed, data, data(observed))).and(backupClaim(observed));
    }

    /** An earlier life's that never had a volume, as with a storage class that doesn't exist, holds nothing. */
    public Advance removeUnusedBackupClaim(Observed observed) {
        V1PersistentVolumeClaim claim = observed.backup().object();
        return claim != null && observed.backup().neverUsed()
                ? Advance.of(BACKUP_CLAIM, Action.Delete.unchanged(claim))
                : Advance.NONE;
    }

    /** There was no data volume, nor is one on its way that may hold data. */
    public boolean neverProvided(Observed observed) {
        V1PersistentVolumeClaim data = observed.data().object();
        return data != null
                && observed.data().phase() == Claim.VolumePhase.PENDING
                && (observed.data().ofAnyVolume() || volumes.serve(data, observed.name()));
    }

    public Advance backupClaim(Observed observed) {
        Advance claim = Advance.NONE;
        if (observed.backup().absent()) {
            claim = Advance.of(BACKUP_CLAIM, new Action.Create(backup(observed)));
        }
        claim = claim.and(BACKUP_CLAIM, volume(observed, observed.backup(), backup(observed)));
        return awaitsFolders(observed) && observed.folders() == Observed.NodeFolders.NONE
                ? claim.and(BACKUP_CLAIM, new Action.Create(VolumeJob.of(observed.mysql(), volumes, operatorImage)))
                : claim;
    }

    /** A volume can be made only when its folder is there, of which no event tells. */
    public boolean awaitsFolders(Observed observed) {
        return observed.folders() != Observed.NodeFolders.MADE
                && (lacksVolume(observed, observed.data(), data(observed))
                        || lacksVolume(observed, observed.backup(), backup(observed)));
    }

    /** Tells where the node can't have them. */
    public static @Nullable Finding foldersFailed(Observed observed) {
        return observed.folders() == Observed.NodeFolders.FAILED
                ? Finding.no(
                        ConditionType.Ready,
                        Reason.Unschedulable,
                        "the folders of its volumes can't be made on the node: see kubectl describe job "
                                + Names.volumeJob(observed.uid()) + " in the operator's namespace; it is tried again")
                : null;
    }

    /** The mark and the finalizer go in one write, so that a crash in between leaves no claim without either. */
    public Advance release(Observed observed) {
        V1PersistentVolumeClaim data = observed.data().object();
        if (data == null) {
            return Advance.of(RELEASE, withoutVolume(observed.data()));
        }
        Advance release = Advance.NONE;
        if (observed.data().holdsFinalizer() || !observed.released()) {
            release = Advance.of(
                    RELEASE,
                    new Action.PatchMetadata(
                            data, Finalizers.without(data), Map.of(), Map.of(Labels.RELEASED_FOR, observed.uid())));
        }
        return observed.data().deleting()
                ? release
                : release.and(RELEASE, new Action.Delete(data, Action.Propagation.BACKGROUND));
    }

    /** The data claim is the user's from now on; the next MySQL of this name adopts it. */
    public Advance leaveBehind(Observed observed) {
        V1PersistentVolumeClaim data = observed.data().object();
        return data != null && observed.data().holdsFinalizer()
                ? Advance.of(RELEASE, Action.PatchMetadata.finalizers(data, Finalizers.without(data)))
                : Advance.NONE;
    }

    /** Tells whether somebody deleted the data claim under the database. */
    public Advance watchDataClaim(Observed observed) {
        boolean byHand =
                observed.data().presence() == Presence.OURS && observed.data().deleting() && !observed.released();
        return byHand
                ? Advance.NONE.telling(Finding.yes(
                        ConditionType.DataVolumeTerminating, Reason.DataClaimDeleted, deletedByHand(observed)))
                : Advance.NONE;
    }

    public static String deletedByHand(Observed observed) {
        return Names.dataClaim(observed.name())
                + " was deleted by hand: nothing is lost and nothing was stopped, but no new Pod"
                + " can mount it, so no final backup can be taken; see \"The data claim was deleted\" in docs/operations.md for how"
                + " to give the volume a new claim";
    }

    private List<Action> volume(Observed observed, Claim claim, V1PersistentVolumeClaim wanted) {
        if (!awaitsVolume(observed, claim, wanted)) {
            return List.of();
        }
        V1PersistentVolume volume = claim.volume();
        if (volume == null) {
            return observed.folders() == Observed.NodeFolders.MADE
                    ? List.of(new Action.Create(volumes.volume(wanted, observed.mysql())))
                    : List.of();
        }
        // It would never be bound again.
        return isOfAnother(claim, volume) ? withoutVolume(claim) : List.of();
    }

    /** A volume of ours whose claim is gone; what is on it stays on the node. */
    private static List<Action> withoutVolume(Claim gone) {
        return gone.volume() == null
                ? List.of()
                : List.of(new Action.Delete(gone.volume(), Action.Propagation.BACKGROUND));
    }

    private boolean lacksVolume(Observed observed, Claim claim, V1PersistentVolumeClaim wanted) {
        return claim.volume() == null && awaitsVolume(observed, claim, wanted);
    }

    private boolean awaitsVolume(Observed observed, Claim claim, V1PersistentVolumeClaim wanted) {
        return claim.phase() == Claim.VolumePhase.PENDING
                && !claim.deleting()
                && volumes.serve(wanted, observed.name());
    }

    /** Bound to an earlier claim of this name, which is gone. */
    private static boolean isOfAnother(Claim claim, V1PersistentVolume volume) {
        V1ObjectReference bound =
                volume.getSpec() == null ? null : volume.getSpec().getClaimRef();
        return bound != null && bound.getUid() != null && !bound.getUid().equals(claim.uid());
    }

    private V1PersistentVolumeClaim data(Observed observed) {
        V1PersistentVolumeClaim claim = observed.data().object();
        return claim == null ? Claims.data(observed.mysql(), volumes) : claim;
    }

    private V1PersistentVolumeClaim backup(Observed observed) {
        V1PersistentVolumeClaim claim = observed.backup().object();
        return claim == null ? Claims.backup(observed.mysql(), volumes) : claim;
    }
}
