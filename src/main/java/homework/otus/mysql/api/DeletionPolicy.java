package homework.otus.mysql.api;

/** What becomes of the data when the MySQL is deleted. */
public enum DeletionPolicy {
    /** A final backup is written and verified, and then the data volume is removed. */
    BackupAndDelete,
    /** The data claim stays, and the next MySQL of this name adopts it. */
    Retain
}
