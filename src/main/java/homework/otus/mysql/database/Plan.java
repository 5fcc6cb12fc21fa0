package homework.otus.mysql.database;

import homework.otus.mysql.step.Action;
import homework.otus.mysql.step.Capability;
import homework.otus.mysql.step.Finding;
import homework.otus.mysql.step.Group;
import homework.otus.mysql.step.Pace;
import homework.otus.mysql.step.Phase;
import homework.otus.mysql.step.Setback;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done now, and told.
 *
 * @param groups in order; one that isn't taken ends those alone that need it
 * @param retryAfter when to look again although nothing has happened; null: never
 * @param pace where it stands with a restart for a newer operator's sake
 * @param findings of two about one condition the first is told; there is one about {@code Ready}
 */
public record Plan(
        Phase phase, List<Group> groups, @Nullable Duration retryAfter, Pace pace, List<Finding> findings) {
    public Plan {
        groups = List.copyOf(groups);
        findings = List.copyOf(findings);
    }

    /** All that is to be done, in order. */
    public List<Action> actions() {
        return groups.stream().flatMap(group -> group.actions().stream()).toList();
    }

    /** Whether one of the setbacks keeps the capability's actions from being done. */
    public boolean prevented(Capability capability, List<Setback> setbacks) {
        return groups.stream()
                .filter(group -> group.capability().equals(capability))
                .anyMatch(group -> setbacks.stream()
                        .map(Setback::capability)
                        .anyMatch(failed ->
                                failed.equals(capability) || group.needs().contains(failed)));
    }
}
