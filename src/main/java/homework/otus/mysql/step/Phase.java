package homework.otus.mysql.step;

/** Where a database stands in its life. */
public enum Phase {
    /** Objects of an earlier life of this name are still going. */
    WAITING_FOR_EARLIER_LIFE,
    RESTORING,
    RESTORE_FAILED,
    /** The Secret with the password isn't there. */
    WAITING_FOR_SECRET,
    STARTING,
    SERVING,
    /** The server is stopped and its data archived, before another image opens it. */
    CHANGING_IMAGE,
    /** The user has told the operator to leave the database alone. */
    PAUSED,
    /** Somebody deleted the data claim: only our finalizer keeps it, and no new Pod may mount it. */
    DATA_VOLUME_TERMINATING,
    /** The server is being stopped, for the final backup. */
    STOPPING,
    BACKING_UP,
    BACKUP_FAILED,
    /** The backup is proven, or there is nothing to back up: the data claim may go. */
    RELEASING,
    /** Nothing is left to do; the MySQL object goes. */
    GONE;

    /** What goes on doing nothing, or doesn't go, is told after a while, which no event announces. */
    public boolean waitsForOthers() {
        return switch (this) {
            case STARTING, RESTORING, BACKING_UP, CHANGING_IMAGE -> true;
            case WAITING_FOR_EARLIER_LIFE, STOPPING, RELEASING -> true;
            case RESTORE_FAILED, WAITING_FOR_SECRET, SERVING, PAUSED, DATA_VOLUME_TERMINATING, BACKUP_FAILED, GONE ->
                false;
        };
    }
}
