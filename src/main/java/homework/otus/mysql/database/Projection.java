package homework.otus.mysql.database;

import homework.otus.mysql.api.MySQLStatus;
import homework.otus.mysql.step.Notice;
import java.util.List;

/**
 * What users are told.
 *
 * @param changed whether the status differs from the one that is stored
 * @param notices one for each condition that changed
 */
public record Projection(MySQLStatus status, boolean changed, List<Notice> notices) {}
