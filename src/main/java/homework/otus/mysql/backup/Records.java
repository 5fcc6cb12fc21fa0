package homework.otus.mysql.backup;

import homework.otus.mysql.api.BackupRecord;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.program.ArchiveRecord;

/** What is written down about an archive. */
public final class Records {
    private Records() {}

    /** The same archive, but no proof any more: something may have written to the data since. */
    static BackupRecord withoutProof(BackupRecord record) {
        return new BackupRecord(
                record.id(),
                record.directory(),
                record.mysqlUid(),
                record.dataClaimUid(),
                null,
                record.serverVersion(),
                record.serverImage(),
                record.bytes(),
                record.files(),
                record.archiveBytes(),
                record.sha256(),
                record.startedAt(),
                record.completedAt());
    }

    static BackupRecord of(ArchiveRecord archive, Observed observed) {
        return new BackupRecord(
                archive.id(),
                archive.directory(),
                observed.uid(),
                observed.data().uid(),
                observed.backup().uid(),
                archive.serverVersion(),
                archive.serverImage(),
                archive.bytes(),
                archive.files(),
                archive.archiveBytes(),
                archive.sha256(),
                archive.startedAt().toString(),
                archive.completedAt().toString());
    }
}
