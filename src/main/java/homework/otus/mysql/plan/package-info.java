/** The decision: an observation in, a phase and a few actions out. Pure: no client, no clock, no logger. */
@NullMarked
package homework.otus.mysql.plan;

import org.jspecify.annotations.NullMarked;
