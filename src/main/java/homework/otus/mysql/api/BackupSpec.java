package homework.otus.mysql.api;

import static java.util.Objects.requireNonNullElse;

import org.jspecify.annotations.Nullable;

/**
 * How backups are kept. Gson passes null for what is absent.
 *
 * @param storageSize a Kubernetes quantity; null where the backup volume is as large as the data volume
 * @param storageClassName null for the cluster's default
 * @param retain how many of the newest archives are kept, 1 to 100; 3 where the user says nothing
 */
public record BackupSpec(
        @Nullable String storageSize, @Nullable String storageClassName, Integer retain) {
    static final BackupSpec DEFAULT = new BackupSpec(null, null, 3);

    public BackupSpec {
        retain = requireNonNullElse(retain, 3);
    }
}
