package homework.otus.mysql.plan;

import homework.otus.mysql.api.BackupRecord;
import homework.otus.mysql.job.ArchiveRecord;
import homework.otus.mysql.observe.Observed;

/** What is written down about an archive. */
public final class Records {
    private Records() {}

    static BackupRecord of(ArchiveRecord archive, Observed o) {
        return new BackupRecord(
                archive.id(),
                archive.directory(),
                o.uid(),
                o.data().uid(),
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
