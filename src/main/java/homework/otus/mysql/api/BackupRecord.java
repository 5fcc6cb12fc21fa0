package homework.otus.mysql.api;

import org.jspecify.annotations.Nullable;

/**
 * A proven archive: what {@code status.lastBackup} shows, and what the annotation on the backup claim keeps when the
 * database is gone.
 *
 * @param id the archive's id, unique on its volume
 * @param directory the archive's directory on the backup volume
 * @param mysqlUid the uid of the MySQL object that the data was of
 * @param dataClaimUid the uid of the claim that the data was read from
 * @param backupClaimUid the uid of the claim that the archive was written to; null in records of before that was kept
 * @param bytes the size of the data
 * @param archiveBytes the size of the archive
 * @param sha256 of the archive file, in hex
 * @param completedAt RFC 3339
 */
public record BackupRecord(
        String id,
        String directory,
        String mysqlUid,
        String dataClaimUid,
        @Nullable String backupClaimUid,
        @Nullable String serverVersion,
        @Nullable String serverImage,
        long bytes,
        long files,
        long archiveBytes,
        String sha256,
        String startedAt,
        String completedAt) {}
