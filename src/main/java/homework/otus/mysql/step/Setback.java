package homework.otus.mysql.step;

/**
 * The API server did not take an action of a capability.
 *
 * @param message names the object, and has the API server's words
 */
public record Setback(Capability capability, Kind kind, String message) {
    /** Why not. */
    public enum Kind {
        /** An object of somebody else has the name. */
        CONFLICT,
        /** A quota, an admission policy, a rule of the resource. */
        REFUSED,
        /** It answered that it can't, as where an admission webhook is down. */
        FAILED
    }
}
