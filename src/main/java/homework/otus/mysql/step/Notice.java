package homework.otus.mysql.step;

/** An event to be told about a database: a condition changed. */
public record Notice(Reason reason, String message) {}
