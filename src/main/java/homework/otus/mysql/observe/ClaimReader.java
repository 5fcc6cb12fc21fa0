package homework.otus.mysql.observe;

import com.google.gson.JsonSyntaxException;
import homework.otus.mysql.api.BackupRecord;
import homework.otus.mysql.manifest.Labels;
import homework.otus.mysql.observe.Claim.VolumePhase;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a claim. */
final class ClaimReader {
    private ClaimReader() {}

    /** @param mysqlUid of the MySQL object that asks */
    static Claim read(V1PersistentVolumeClaim claim, String mysqlUid) {
        V1ObjectMeta metadata = claim.getMetadata();
        Map<String, String> annotations = metadata.getAnnotations() == null ? Map.of() : metadata.getAnnotations();
        String record = annotations.get(Labels.BACKUP_RECORD);
        BackupRecord readable = parse(record);
        return new Claim(
                mysqlUid.equals(Observer.labels(claim).get(Labels.MYSQL_UID)) ? Presence.OURS : Presence.EARLIER,
                claim,
                phase(claim),
                metadata.getDeletionTimestamp() != null,
                metadata.getFinalizers() != null && metadata.getFinalizers().contains(Labels.FINALIZER),
                annotations.get(Labels.RELEASED_FOR),
                readable,
                // A record that can't be read still says that there was a backup.
                annotations.containsKey(Labels.HOLDS_ARCHIVES) || record != null && readable == null);
    }

    private static VolumePhase phase(V1PersistentVolumeClaim claim) {
        String phase = claim.getStatus() == null ? null : claim.getStatus().getPhase();
        if ("Lost".equals(phase)) {
            return VolumePhase.LOST;
        }
        boolean hasVolume = claim.getSpec() != null && claim.getSpec().getVolumeName() != null;
        return hasVolume ? VolumePhase.BOUND : VolumePhase.PENDING;
    }

    private static @Nullable BackupRecord parse(@Nullable String json) {
        try {
            return json == null ? null : JSON.getGson().fromJson(json, BackupRecord.class);
        } catch (JsonSyntaxException e) {
            return null;
        }
    }
}
