package homework.otus.mysql.step;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done now.
 *
 * @param groups in order; one that isn't taken ends those alone that need it
 * @param retryAfter when to look again although nothing has happened; null: never
 * @param pace where it stands with a restart for a newer operator's sake
 */
public record Plan(
        Phase phase, List<Group> groups, @Nullable Duration retryAfter, Pace pace) {
    private static final Duration OTHERS_CHECK = Duration.ofSeconds(15);

    public Plan {
        groups = List.copyOf(groups);
    }

    public static Plan of(Phase phase) {
        return of(phase, new Actions());
    }

    public static Plan of(Phase phase, Actions actions) {
        return new Plan(phase, actions.groups(), phase.waitsForOthers() ? OTHERS_CHECK : null, Pace.FREE);
    }

    /** All that is to be done, in order. */
    public List<Action> actions() {
        return groups.stream().flatMap(group -> group.actions().stream()).toList();
    }

    /** Whether one of the setbacks keeps the capability's actions from being done. */
    public boolean prevented(Capability capability, List<Setback> setbacks) {
        return groups.stream()
                .filter(group -> group.capability() == capability)
                .anyMatch(group -> setbacks.stream()
                        .map(Setback::capability)
                        .anyMatch(
                                failed -> failed == capability || group.needs().contains(failed)));
    }

    public Plan at(Pace other) {
        return new Plan(phase, groups, retryAfter, other);
    }

    /** The same, but before all else Jobs are ended. */
    public Plan endingFirst(List<Action> ends) {
        if (ends.isEmpty()) {
            return this;
        }
        Group first = new Group(Capability.JOB_END, Capability.JOB_END.needs(), ends);
        return new Plan(phase, Stream.concat(Stream.of(first), groups.stream()).toList(), retryAfter, pace);
    }

    /** The same, but at that time at the latest. */
    public Plan lookingAgainAfter(@Nullable Duration delay) {
        return delay == null || retryAfter != null && retryAfter.compareTo(delay) <= 0
                ? this
                : new Plan(phase, groups, delay, pace);
    }
}
