package homework.otus.mysql.api;

/** The aspects of a database that {@code status.conditions} tells. The names are what users read. */
public enum ConditionType {
    /** The database answers. */
    Ready,
    /** The rows of an earlier life were brought back. Absent where there was nothing to look at. */
    Restored,
    /** The final backup. Absent while nobody deletes the database. */
    BackupSucceeded,
    /** What runs is what the spec says. */
    SpecApplied,
    /** Root's password is the one that was asked for. Absent until it is changed. */
    PasswordSynced,
    /** The volumes are as large as asked for. Absent until they are to grow. */
    StorageResized,
    /** The operator leaves the database alone. Absent where it doesn't. */
    Paused,
    /** Somebody deleted the data claim, and only the operator's finalizer keeps it. Absent where nobody did. */
    DataVolumeTerminating
}
