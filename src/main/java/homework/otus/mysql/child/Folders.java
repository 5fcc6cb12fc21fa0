package homework.otus.mysql.child;

import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import org.jspecify.annotations.Nullable;

/**
 * Where on its two volumes a database is.
 *
 * @param data a folder of the data volume; empty for the whole of it
 * @param backups a folder of the backup volume; empty for the whole of it
 */
public record Folders(String data, String backups) {
    public static final Folders WHOLE_VOLUMES = new Folders("", "");

    public static Folders of(V1PersistentVolumeClaim data, V1PersistentVolumeClaim backup) {
        return new Folders(StaticVolumes.folder(data), StaticVolumes.folder(backup));
    }

    public V1VolumeMount dataMount(String mountPath) {
        return mount("data", mountPath, data);
    }

    public V1VolumeMount backupsMount(String mountPath) {
        return mount("backups", mountPath, backups);
    }

    /** Of the data directory itself. */
    public V1VolumeMount dataDirectoryMount(String mountPath) {
        // Not the root of the volume: an ext4 has a lost+found there.
        return mount("data", mountPath, data.isEmpty() ? "mysql" : data + "/mysql");
    }

    private static V1VolumeMount mount(String volume, String mountPath, String folder) {
        return new V1VolumeMount().name(volume).mountPath(mountPath).subPath(emptyToNull(folder));
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
