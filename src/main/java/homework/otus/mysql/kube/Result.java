package homework.otus.mysql.kube;

import java.time.Duration;
import java.util.Optional;

/**
 * What a reconcile that went well asks for next. One that did not go well throws: its key is tried again after a growing
 * delay. Either result here ends that growth.
 */
public record Result(Optional<Duration> requeueAfter) {
    private static final Result DONE = new Result(Optional.empty());

    /** Nothing until the next event. */
    public static Result done() {
        return DONE;
    }

    /** Again after {@code delay} at the latest; an event may come first. */
    public static Result requeueAfter(Duration delay) {
        return new Result(Optional.of(delay));
    }
}
