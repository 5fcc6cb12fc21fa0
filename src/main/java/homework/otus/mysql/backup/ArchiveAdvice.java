package homework.otus.mysql.backup;

import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.Names;
import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobResult;
import org.jspecify.annotations.Nullable;

/** What users read of a backup or restore Job that failed: what its program found, and what to do about it. */
final class ArchiveAdvice {
    private ArchiveAdvice() {}

    static String ofBackup(String name, JobResult failed) {
        return of(
                name,
                failed,
                ": enlarge the backup claim, or remove what else is on the volume, then let the Job run again.");
    }

    static String ofRestore(String name, JobResult failed) {
        return of(name, failed, "; raise spec.storage_size, then let the Job run again.");
    }

    private static String of(String name, JobResult failed, String noSpace) {
        return failed.message() + advice(name, failed.reason(), noSpace);
    }

    private static String advice(String name, @Nullable FailureReason reason, String noSpace) {
        if (reason == null) {
            return "";
        }
        return switch (reason) {
            case NoSpace -> noSpace;
            case DataMissing -> ": see \"The data is missing\" in docs/operations.md.";
            case ArchiveMissing ->
                ": bring back what was on it. Or, to go on without that backup: kubectl annotate pvc "
                        + Names.backupClaim(name) + " " + Labels.BACKUP_RECORD + "-";
            case UnsupportedVersion ->
                "; set spec.image to the data directory's version, or to a supported step up from it.";
            // What to do about a disk or a file, the program has said.
            case ReadOnly, SourceChanged, SourceUnreadable, UnsupportedFile, Corrupt, IoError -> "";
            case NoBackupVolume, InvalidArgument, Interrupted -> "";
            // Of other Jobs.
            case AccessDenied, AccountDenied, PasswordRefused, SessionRefused, Unreachable, SecretNotFresh -> "";
        };
    }
}
