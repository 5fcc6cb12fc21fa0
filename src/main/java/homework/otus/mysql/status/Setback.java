package homework.otus.mysql.status;

/**
 * Why the API server did not take an action.
 *
 * @param reason {@link Reason#Conflict} or {@link Reason#Refused}
 * @param message names the object, and says what to do
 */
public record Setback(Reason reason, String message) {}
