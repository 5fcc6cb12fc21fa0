package homework.otus.mysql.storage;

import homework.otus.mysql.api.BackupRecord;
import homework.otus.mysql.backup.ArchiveJobs;
import homework.otus.mysql.child.Component;
import homework.otus.mysql.child.Finalizers;
import homework.otus.mysql.child.Folders;
import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.Presence;
import homework.otus.mysql.child.StaticVolumes;
import homework.otus.mysql.observe.Claim;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.step.Action;
import homework.otus.mysql.step.Actions;
import homework.otus.mysql.step.Capability;
import io.kubernetes.client.openapi.models.V1ObjectReference;
import io.kubernetes.client.openapi.models.V1PersistentVolume;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import java.util.List;
import java.util.Map;

/** The two claims, and the volumes for them where nobody else provides any. */
public final class Storage {
    private final StaticVolumes volumes;
    private final String operatorImage;

    public Storage(StaticVolumes volumes, String operatorImage) {
        this.volumes = volumes;
        this.operatorImage = operatorImage;
    }

    /** Where the database is on the volumes that it has or will have. */
    public Folders folders(Observed o) {
        return Folders.of(data(o), backup(o));
    }

    /** What the Jobs of an archive mount. */
    public ArchiveJobs.Mounted mounted(Observed o) {
        BackupRecord record = o.backup().record();
        return new ArchiveJobs.Mounted(
                o.data().uid(),
                o.backup().uid(),
                folders(o),
                o.data().served(),
                record == null ? null : record.directory());
    }

    /** Puts the labels back by which the caches find the claims. */
    public static void relabel(Observed o, Actions actions) {
        relabel(o, o.data(), Component.DATA, actions.of(Capability.DATA_CLAIM));
        relabel(o, o.backup(), Component.BACKUP, actions.of(Capability.BACKUP_CLAIM));
    }

    private static void relabel(Observed o, Claim claim, Component component, List<Action> actions) {
        if (claim.object() != null && claim.mislabelled()) {
            actions.add(new Action.PatchMetadata(claim.object(), null, Labels.of(o.name(), component), Map.of()));
        }
    }

    public void claims(Observed o, Actions all) {
        List<Action> actions = all.of(Capability.DATA_CLAIM);
        Claim data = o.data();
        if (data.object() == null) {
            actions.add(new Action.Create(data(o)));
        } else if (!data.deleting() && (data.presence() == Presence.EARLIER || !data.holdsFinalizer())) {
            // A claim that an earlier life left behind holds rows: it is served, and backed up when this life ends.
            actions.add(new Action.PatchMetadata(
                    data.object(),
                    data.holdsFinalizer() ? null : Finalizers.with(data.object()),
                    Map.of(Labels.MYSQL_UID, o.uid()),
                    Map.of()));
        }
        provide(o, data, data(o), actions);
        backupClaim(o, all);
    }

    /** An earlier life's that never had a volume, as with a storage class that doesn't exist, holds nothing. */
    public static boolean replaceUnused(Observed o, Actions actions) {
        V1PersistentVolumeClaim claim = o.backup().object();
        boolean unused = o.backup().presence() == Presence.EARLIER && neverUsed(o.backup());
        if (unused && claim != null) {
            actions.of(Capability.BACKUP_CLAIM).add(Action.Delete.unchanged(claim));
        }
        return unused;
    }

    /**
     * Nothing was ever written to a claim's volume, for there was none. One that asks for a certain volume, or that
     * somebody else has made, is about to get what may hold archives.
     */
    public static boolean neverUsed(Claim claim) {
        return claim.object() != null
                && claim.phase() == Claim.VolumePhase.PENDING
                && claim.ofAnyVolume()
                && claim.madeByOperator()
                && !claim.deleting()
                && claim.record() == null
                && !claim.holdsArchives();
    }

    /** There was no data volume, nor is one on its way that may hold data. */
    public boolean neverProvided(Observed o) {
        V1PersistentVolumeClaim data = o.data().object();
        return data != null
                && o.data().phase() == Claim.VolumePhase.PENDING
                && (o.data().ofAnyVolume() || volumes.serve(data, o.name()));
    }

    public void backupClaim(Observed o, Actions all) {
        List<Action> actions = all.of(Capability.BACKUP_CLAIM);
        if (o.backup().absent()) {
            actions.add(new Action.Create(backup(o)));
        }
        provide(o, o.backup(), backup(o), actions);
        if (awaitsFolders(o) && o.folders() == Observed.NodeFolders.NONE) {
            actions.add(new Action.Create(VolumeJob.of(o.mysql(), volumes, operatorImage)));
        }
    }

    /** A volume can be made only when its folder is there, of which no event tells. */
    public boolean awaitsFolders(Observed o) {
        return o.folders() != Observed.NodeFolders.MADE
                && (lacksVolume(o, o.data(), data(o)) || lacksVolume(o, o.backup(), backup(o)));
    }

    /** A volume of ours whose claim is gone; what is on it stays on the node. */
    public void release(Claim gone, List<Action> actions) {
        if (gone.volume() != null) {
            actions.add(new Action.Delete(gone.volume(), Action.Propagation.BACKGROUND));
        }
    }

    private void provide(Observed o, Claim claim, V1PersistentVolumeClaim wanted, List<Action> actions) {
        if (!awaitsVolume(o, claim, wanted)) {
            return;
        }
        V1PersistentVolume volume = claim.volume();
        if (volume == null && o.folders() == Observed.NodeFolders.MADE) {
            actions.add(new Action.Create(volumes.volume(wanted, o.mysql())));
        } else if (volume != null && isOfAnother(claim, volume)) {
            // It would never be bound again.
            release(claim, actions);
        }
    }

    private boolean lacksVolume(Observed o, Claim claim, V1PersistentVolumeClaim wanted) {
        return claim.volume() == null && awaitsVolume(o, claim, wanted);
    }

    private boolean awaitsVolume(Observed o, Claim claim, V1PersistentVolumeClaim wanted) {
        return claim.phase() == Claim.VolumePhase.PENDING && !claim.deleting() && volumes.serve(wanted, o.name());
    }

    /** Bound to an earlier claim of this name, which is gone. */
    private static boolean isOfAnother(Claim claim, V1PersistentVolume volume) {
        V1ObjectReference bound =
                volume.getSpec() == null ? null : volume.getSpec().getClaimRef();
        return bound != null && bound.getUid() != null && !bound.getUid().equals(claim.uid());
    }

    private V1PersistentVolumeClaim data(Observed o) {
        V1PersistentVolumeClaim claim = o.data().object();
        return claim == null ? Claims.data(o.mysql(), volumes) : claim;
    }

    private V1PersistentVolumeClaim backup(Observed o) {
        V1PersistentVolumeClaim claim = o.backup().object();
        return claim == null ? Claims.backup(o.mysql(), volumes) : claim;
    }
}
