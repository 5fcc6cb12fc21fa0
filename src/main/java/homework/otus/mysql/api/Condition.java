package homework.otus.mysql.api;

/**
 * One aspect of the state, in the API's usual shape.
 *
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param lastTransitionTime when {@code status} last became another; RFC 3339, in whole seconds
 */
public record Condition(
        String type,
        String status,
        long observedGeneration,
        String lastTransitionTime,
        String reason,
        String message) {}
