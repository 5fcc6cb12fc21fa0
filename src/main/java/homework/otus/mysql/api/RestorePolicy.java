package homework.otus.mysql.api;

/** What a new MySQL does with the backup of an earlier one of its name. */
public enum RestorePolicy {
    /** Restores it where there is one, and starts empty where there is none. */
    IfPresent,
    /** Restores it, and starts no server where there is none. */
    Required,
    /** Starts empty, and leaves it where it is. */
    Never
}
