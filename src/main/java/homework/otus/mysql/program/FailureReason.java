package homework.otus.mysql.program;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Why a Job failed. The names are what users read in conditions and events. */
public enum FailureReason {
    /** The volume that is written to is full, or too small for what must be written. */
    NoSpace,
    /** The volume that is written to refuses writes. */
    ReadOnly,
    /** The data directory changed while it was read: something still writes to it. */
    SourceChanged,
    /** The data directory can't be read. */
    SourceUnreadable,
    /** There is no data directory on a volume from which a server has served: what should be there is missing. */
    DataMissing,
    /** There is a data directory, and no volume to archive it on. */
    NoBackupVolume,
    /** The data directory holds something that an archive doesn't carry, such as a symbolic link. */
    UnsupportedFile,
    /** An archive isn't what was once written: damaged, cut off or tampered with. */
    Corrupt,
    /** The newest archive that was proven on the backup volume isn't there. */
    ArchiveMissing,
    /** The MySQL server can't open a data directory of the archive's version. */
    UnsupportedVersion,
    /** MySQL doesn't let the operator's own account log in, or do its work. */
    AccessDenied,
    /** MySQL doesn't let another account log in with the password that it was given. */
    AccountDenied,
    /** MySQL refuses the new password, by a policy for instance. The one before stays in force. */
    PasswordRefused,
    /** MySQL answers, and lets no session go on. */
    SessionRefused,
    /** The server can't be reached, or not over an encrypted connection. */
    Unreachable,
    /** The passwords that the Job is about are not in the Secret that is mounted into its Pod. */
    SecretNotFresh,
    /** The Job was started with arguments that make no sense. */
    InvalidArgument,
    /** The Job was told to stop before it was done. */
    Interrupted,
    /** Any other error of a disk or a file system. */
    IoError;

    private static final long NEARLY_FULL = 64 * 1024;

    /** The reason behind an error met while writing to the volume that {@code written} is on. */
    public static FailureReason ofWriting(IOException error, Path written) {
        String text = String.valueOf(error instanceof FileSystemException f ? f.getReason() : error.getMessage());
        if (error instanceof AccessDeniedException || text.contains("Read-only file system")) {
            return ReadOnly;
        }
        if (text.contains("No space left on device") || text.contains("Disk quota exceeded") || isFull(written)) {
            return NoSpace;
        }
        return IoError;
    }

    /** The operating system's words depend on the locale, so a full volume is looked for as well. */
    private static boolean isFull(Path written) {
        try {
            return Files.getFileStore(written).getUsableSpace() < NEARLY_FULL;
        } catch (IOException unknown) {
            return false;
        }
    }
}
