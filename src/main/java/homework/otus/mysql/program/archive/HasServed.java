package homework.otus.mysql.program.archive;

/** What the operator knows of the data on a volume. */
public enum HasServed {
    /** No server ever became ready on it. */
    NO,
    /** A server became ready on it, and answered until it was stopped. */
    YES,
    /** A server became ready on it, but the last one did not answer when it was stopped. */
    FAILING;

    /** Whether there must be a data directory. */
    boolean once() {
        return this != NO;
    }
}
