package homework.otus.mysql.observe;

/** Whose a child is, as far as the caches show it. */
public enum Presence {
    ABSENT,
    /** Belongs to this MySQL object. */
    OURS,
    /** Was left by an earlier MySQL object of the same name. */
    EARLIER
}
