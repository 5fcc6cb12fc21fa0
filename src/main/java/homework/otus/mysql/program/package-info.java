/**
 * What the programs of the Jobs have in common: arguments, progress, and one line of JSON for an answer. Plain Java, so
 * that they start at once.
 */
@NullMarked
package homework.otus.mysql.program;

import org.jspecify.annotations.NullMarked;
