package homework.otus.mysql.status;

import homework.otus.mysql.api.ConditionType;
import java.time.Duration;

/**
 * Why the API server did not take an action.
 *
 * @param type the condition that tells it
 * @param message names the object, and says what to do
 */
public record Setback(ConditionType type, Reason reason, String message) {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Duration LATER = Duration.ofMinutes(5);

    /** @param reason {@link Reason#Conflict} or {@link Reason#Refused} */
    public Setback(Reason reason, String message) {
        this(ConditionType.Ready, reason, message);
    }

    public Setback to(ConditionType other, Reason otherReason) {
        return new Setback(other, otherReason, message);
    }

    /** Nothing wakes us when somebody else's object is gone, or a quota or a storage class has changed. */
    public Duration lookAgainAfter() {
        return type == ConditionType.Ready ? SOON : LATER;
    }
}
