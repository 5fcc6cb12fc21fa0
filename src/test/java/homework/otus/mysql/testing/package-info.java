/** What tests on a real cluster share: the cluster, {@code kubectl}, and a namespace to throw away. */
@NullMarked
package homework.otus.mysql.testing;

import org.jspecify.annotations.NullMarked;
