package homework.otus.mysql.observe;

import com.google.gson.JsonParseException;
import homework.otus.mysql.api.BackupRecord;
import homework.otus.mysql.child.Component;
import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.Ownership;
import homework.otus.mysql.child.Presence;
import homework.otus.mysql.observe.Claim.VolumePhase;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PersistentVolume;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a claim. */
public final class ClaimReader {
    /** See https://kubernetes.io/docs/reference/labels-annotations-taints/#pv-kubernetes-io-bind-completed */
    private static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";

    /** What the API server takes for a time, which Java's own pattern is wider than. */
    private static final Pattern RFC_3339 =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)");

    private ClaimReader() {}

    /**
     * @param mislabelled as for {@link Claim}
     * @param mysqlUid of the MySQL object that asks
     * @param volumes asked only where the claim has no volume yet
     */
    public static Claim read(
            V1PersistentVolumeClaim claim,
            boolean mislabelled,
            String mysqlUid,
            Supplier<@Nullable V1PersistentVolume> volumes) {
        V1ObjectMeta metadata = claim.getMetadata();
        Map<String, String> annotations = Ownership.annotations(metadata);
        String record = annotations.get(Labels.BACKUP_RECORD);
        String served = annotations.get(Labels.SERVED);
        BackupRecord readable = parse(record);
        VolumePhase phase = phase(claim, annotations);
        return new Claim(
                mysqlUid.equals(Ownership.labels(claim).get(Labels.MYSQL_UID)) ? Presence.OURS : Presence.EARLIER,
                claim,
                phase,
                metadata.getDeletionTimestamp() != null,
                mislabelled,
                metadata.getFinalizers() != null && metadata.getFinalizers().contains(Labels.FINALIZER),
                annotations.get(Labels.RELEASED_FOR),
                readable,
                // A record that can't be read still says that there was a backup.
                annotations.containsKey(Labels.HOLDS_ARCHIVES) || record != null && readable == null,
                phase == VolumePhase.PENDING ? volumes.get() : null,
                served == null ? null : ServedMark.parse(served));
    }

    /**
     * Empty where the claim, which has one of the database's names, is somebody else's. By its labels it is the
     * database's; and where they were changed, by what only the operator puts on a claim of that name.
     */
    public static Optional<Claim> owned(
            V1PersistentVolumeClaim claim,
            String mysql,
            Component component,
            String mysqlUid,
            Supplier<@Nullable V1PersistentVolume> volumes) {
        Map<String, String> labels = Ownership.labels(claim);
        boolean found = mysql.equals(labels.get(Labels.MYSQL));
        return found || bearsMarks(claim, component)
                ? Optional.of(read(claim, !found, mysqlUid, volumes))
                : Optional.empty();
    }

    private static boolean bearsMarks(V1PersistentVolumeClaim claim, Component component) {
        V1ObjectMeta metadata = claim.getMetadata();
        Map<String, String> annotations = Ownership.annotations(metadata);
        return component == Component.DATA
                ? annotations.containsKey(Labels.SERVED)
                        || metadata.getFinalizers() != null
                                && metadata.getFinalizers().contains(Labels.FINALIZER)
                : annotations.containsKey(Labels.BACKUP_RECORD) || annotations.containsKey(Labels.HOLDS_ARCHIVES);
    }

    private static VolumePhase phase(V1PersistentVolumeClaim claim, Map<String, String> annotations) {
        String phase = claim.getStatus() == null ? null : claim.getStatus().getPhase();
        if ("Lost".equals(phase)) {
            return VolumePhase.LOST;
        }
        // A claim may name the volume that it wants from the beginning.
        boolean hasVolume = claim.getSpec() != null
                && claim.getSpec().getVolumeName() != null
                && ("Bound".equals(phase) || annotations.containsKey(BIND_COMPLETED));
        return hasVolume ? VolumePhase.BOUND : VolumePhase.PENDING;
    }

    /** Null where somebody has made something of it that the status couldn't show. */
    private static @Nullable BackupRecord parse(@Nullable String json) {
        try {
            BackupRecord record = json == null ? null : JSON.getGson().fromJson(json, BackupRecord.class);
            return record == null || !isWhole(record) ? null : record;
        } catch (JsonParseException e) {
            return null;
        }
    }

    private static boolean isWhole(BackupRecord record) {
        return Stream.of(record.id(), record.directory(), record.mysqlUid(), record.dataClaimUid(), record.sha256())
                        .allMatch(Objects::nonNull)
                && isTime(record.startedAt())
                && isTime(record.completedAt())
                && record.bytes() >= 0
                && record.files() >= 0
                && record.archiveBytes() >= 0;
    }

    private static boolean isTime(@Nullable String text) {
        try {
            return text != null
                    && RFC_3339.matcher(text).matches()
                    && OffsetDateTime.parse(text).getYear() > 0;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
