package homework.otus.mysql.step;

import homework.otus.mysql.api.ConditionType;

/**
 * A condition without its history.
 *
 * @param message one sentence or two: the situation, and what to do where something is to be done
 */
public record Finding(ConditionType type, Value value, Reason reason, String message) {
    /** In bytes: what an Event's note may have. A condition may have more, which nobody reads. */
    private static final int LONGEST_MESSAGE = 1024;

    public Finding {
        message = Shortened.to(LONGEST_MESSAGE, message);
    }

    /** A condition's status. The names are the API's. */
    public enum Value {
        True,
        False,
        Unknown
    }

    public static Finding yes(ConditionType type, Reason reason, String message) {
        return new Finding(type, Value.True, reason, message);
    }

    public static Finding no(ConditionType type, Reason reason, String message) {
        return new Finding(type, Value.False, reason, message);
    }

    public static Finding unknown(ConditionType type, Reason reason, String message) {
        return new Finding(type, Value.Unknown, reason, message);
    }
}
