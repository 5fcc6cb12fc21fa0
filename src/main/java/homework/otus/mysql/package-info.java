/** The operator's entry point; everything else lives in the packages below. */
@NullMarked
package homework.otus.mysql;

import org.jspecify.annotations.NullMarked;
