package homework.otus.mysql.api;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the operator last reported.
 *
 * @param observedGeneration the generation of the spec that this status speaks of
 * @param message one sentence for people, shown by {@code kubectl get ms}
 * @param image the image of the last server that became ready
 * @param lastBackup the newest proven archive on the backup claim
 * @param binding where applications find their connection
 */
public record MySQLStatus(
        @Nullable Long observedGeneration,
        @Nullable String message,
        @Nullable String image,
        @Nullable BackupRecord lastBackup,
        @Nullable List<Condition> conditions,
        @Nullable Binding binding) {

    public List<Condition> conditionsOrEmpty() {
        return conditions == null ? List.of() : conditions;
    }

    public Optional<Condition> condition(ConditionType type) {
        return conditionsOrEmpty().stream()
                .filter(condition -> type.name().equals(condition.type()))
                .findFirst();
    }
}
