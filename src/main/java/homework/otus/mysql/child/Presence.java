package homework.otus.mysql.child;

/** Who owns a child object, as far as the caches show it. */
public enum Presence {
    ABSENT,
    /** Belongs to this MySQL object. */
    OURS,
    /** Was left by an earlier MySQL object of the same name. */
    EARLIER
}
