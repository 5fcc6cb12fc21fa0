package homework.otus.mysql.step;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a plan's actions are for, in the order in which it is done.
 *
 * <p>One that isn't taken ends its own capability, and those that need it. Only what is declared earlier can be needed, so
 * that nothing ever needs what comes after it.
 */
public enum Capability {
    /** Ends Jobs that would not go on by themselves. */
    JOB_END,
    /** Our finalizer on the MySQL object: nothing is made without it. */
    HOLD,
    /** The mark on the data claim that a server was ready on it. */
    SERVED,
    DATA_CLAIM(HOLD),
    BACKUP_CLAIM(HOLD),
    DATA_GROWTH,
    BACKUP_GROWTH,
    CREDENTIALS(HOLD),
    /** The application's Secret. */
    BINDING(HOLD),
    SERVICE(HOLD),
    /** What looks at another image or configuration while the server runs on. */
    CHECK(HOLD),
    /** Ends what uses the volumes: the server, and Jobs that were begun for something else. */
    STOP(SERVED),
    /** An archive, and its record on the backup claim. */
    ARCHIVE(DATA_CLAIM, BACKUP_CLAIM, STOP),
    RESTORE(DATA_CLAIM, BACKUP_CLAIM, STOP),
    SERVER(DATA_CLAIM, BACKUP_CLAIM, STOP, ARCHIVE, RESTORE),
    PASSWORD(CREDENTIALS),
    /** At the end: the data claim may go, or becomes the user's. */
    RELEASE(STOP, ARCHIVE),
    /** The Pods of finished Jobs: what an archive's has said has to be written down first. */
    CLEANUP(ARCHIVE),
    /** At the end: the MySQL object may go. */
    LET_GO(RELEASE);

    private final Set<Capability> needs;

    Capability(Capability... needed) {
        needs = Stream.of(needed)
                .flatMap(capability -> Stream.concat(Stream.of(capability), capability.needs.stream()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** All that has to be taken before, directly or not. */
    Set<Capability> needs() {
        return needs;
    }
}
