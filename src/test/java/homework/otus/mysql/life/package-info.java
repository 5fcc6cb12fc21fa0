/** A database's life on the real cluster, with the operator inside of the test so that its every call can be disturbed. */
@NullMarked
package homework.otus.mysql.life;

import org.jspecify.annotations.NullMarked;
