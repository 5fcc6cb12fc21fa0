/** What the caches know of one database, gathered into one immutable value. Reads, and never writes. */
@NullMarked
package homework.otus.mysql.observe;

import org.jspecify.annotations.NullMarked;
