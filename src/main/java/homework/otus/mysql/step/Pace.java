package homework.otus.mysql.step;

/** Where a database stands with a restart that nobody but a newer operator asks for. Such restarts take turns. */
public enum Pace {
    /** It needs no turn, or no longer. */
    FREE,
    /** It goes on as it is until it gets its turn. */
    WAITS,
    /** It is restarted in its turn, and has not become ready yet. */
    RESTARTS
}
