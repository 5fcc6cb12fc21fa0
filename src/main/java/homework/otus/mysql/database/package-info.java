/** A database's life and its end as lists of steps, their reconciler, and the one place that knows their order. */
@NullMarked
package homework.otus.mysql.database;

import org.jspecify.annotations.NullMarked;
