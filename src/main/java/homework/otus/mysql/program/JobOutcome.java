package homework.otus.mysql.program;

/** How a Job ended. The names are what users read. */
public enum JobOutcome {
    /** Backup: a complete archive of the data directory is on the backup volume. */
    Complete,
    /** Backup: there is no data directory, so nothing was ever served. */
    NothingToBackUp,
    /** Restore: the data directory was unpacked from an archive. */
    Restored,
    /** Restore: the backup volume holds no archive. */
    NothingToRestore,
    /** Restore: a data directory is there already, and was left as it is. */
    AlreadyThere,
    /** Password: the root accounts have the next password, and where MySQL supports it, the one before works too. */
    Changed,
    /** Password: the password before the change works no more. */
    Discarded,
    /** Password: root and the application can log in with the passwords that they should have. */
    Ensured,
    /** What was asked for was not reached; the reason and the message say why. */
    Failed
}
