package homework.otus.mysql.plan;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done now.
 *
 * @param actions in order; the first that fails ends the pass
 * @param retryAfter when to look again although nothing has happened; null: never
 */
public record Plan(
        Phase phase, List<Action> actions, @Nullable Duration retryAfter) {
    public Plan {
        actions = List.copyOf(actions);
    }

    private static final Duration POD_CHECK = Duration.ofSeconds(15);

    static Plan of(Phase phase, List<Action> actions) {
        return new Plan(phase, actions, phase.waitsForPod() ? POD_CHECK : null);
    }

    /** The same, but at that time at the latest. */
    Plan lookingAgainAfter(@Nullable Duration delay) {
        return delay == null || retryAfter != null && retryAfter.compareTo(delay) <= 0
                ? this
                : new Plan(phase, actions, delay);
    }
}
