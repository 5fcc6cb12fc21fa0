/** The two claims, their growth, and the volumes for them where nobody else provides any. */
@NullMarked
package homework.otus.mysql.storage;

import org.jspecify.annotations.NullMarked;
