package homework.otus.mysql.step;

/**
 * The API server did not take an action of a capability.
 *
 * @param object the one that was to be written, as {@code service/db}
 * @param words the API server's; empty where it is somebody else's object that is in the way
 */
public record Setback(Capability capability, Cause cause, String object, String words) {
    /** Why not. */
    public enum Cause {
        /** An object of somebody else has the name. */
        CONFLICT,
        /** A quota, an admission policy, a rule of the resource. */
        REFUSED,
        /** It answered that it can't, as where an admission webhook is down. */
        FAILED
    }
}
