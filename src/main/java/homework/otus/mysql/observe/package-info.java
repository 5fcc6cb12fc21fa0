/** What is known of one database, read from the caches into one immutable value. */
@NullMarked
package homework.otus.mysql.observe;

import org.jspecify.annotations.NullMarked;
