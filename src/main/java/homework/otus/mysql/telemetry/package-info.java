/** The operator's metrics: their names, labels and meaning in one place. Nothing here decides anything. */
@NullMarked
package homework.otus.mysql.telemetry;

import org.jspecify.annotations.NullMarked;
