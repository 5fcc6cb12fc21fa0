/** The operator's configuration, typed and validated, and nothing else. */
@NullMarked
package homework.otus.mysql.config;

import org.jspecify.annotations.NullMarked;
