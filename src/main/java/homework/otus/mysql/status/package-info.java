/** The user's view: turns an observation and its plan into conditions, a message and events. Pure. */
@NullMarked
package homework.otus.mysql.status;

import org.jspecify.annotations.NullMarked;
