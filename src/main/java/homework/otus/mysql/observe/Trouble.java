package homework.otus.mysql.observe;

/** What keeps a Pod of ours from doing its work, in the order of how much it explains. */
public enum Trouble {
    NONE,
    /** The scheduler finds no node: a claim without a volume, or no room. */
    UNSCHEDULABLE,
    /** The image can't be pulled. */
    IMAGE,
    /** The container can't be made: a missing Secret key, a refused security context. */
    CONTAINER_CONFIG,
    /** The start script fails. */
    INITIALISATION,
    /** The container starts and ends, again and again. */
    CRASHING
}
