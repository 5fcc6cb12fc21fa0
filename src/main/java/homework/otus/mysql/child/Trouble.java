package homework.otus.mysql.child;

/**
 * What keeps a Pod of ours from doing its work.
 *
 * @param container where it is; empty where it is the whole Pod
 * @param detail what is known of it: the image, how the container ended, what the program said last; may be empty
 */
public record Trouble(Kind kind, String container, String detail) {
    public static final Trouble NONE = new Trouble(Kind.NONE, "", "");

    /** In the order of how much they explain. */
    public enum Kind {
        NONE,
        /** A container that isn't ours, such as a service mesh's, ends again and again. */
        ADDED_CONTAINER,
        /** The Job has no Pod, for somebody has suspended it. */
        SUSPENDED,
        /** The API server refuses the Pod, by a quota or an admission policy. */
        REFUSED,
        /** The scheduler finds no node: a claim without a volume, or no room. */
        UNSCHEDULABLE,
        /** The image can't be pulled. */
        IMAGE,
        /** The container can't be made: a missing Secret key, a refused security context. */
        CONTAINER_CONFIG,
        /** mysqld refuses the configuration, before anything is served or made. */
        CONFIG,
        /** The start script fails. */
        INITIALISATION,
        /** The container starts and ends, again and again. */
        CRASHING,
        /** The kernel ended the container, which used up its memory limit. */
        OUT_OF_MEMORY
    }

    /** How the container ended; empty where it did not. */
    public String ended() {
        return switch (kind) {
            case CONFIG, INITIALISATION, CRASHING -> detail;
            case OUT_OF_MEMORY ->
                "OOMKilled, "
                        + (detail.isEmpty() ? "for its node has no memory left" : "with a memory limit of " + detail);
            default -> "";
        };
    }

    public boolean is(Kind wanted) {
        return kind == wanted;
    }
}
