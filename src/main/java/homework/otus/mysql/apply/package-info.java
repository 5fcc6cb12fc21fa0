/** The only package, beside the runtime, that writes to the API server. */
@NullMarked
package homework.otus.mysql.apply;

import org.jspecify.annotations.NullMarked;
