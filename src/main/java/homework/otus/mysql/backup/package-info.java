/** The archive of a stopped server's data, and the restore from it. */
@NullMarked
package homework.otus.mysql.backup;

import org.jspecify.annotations.NullMarked;
