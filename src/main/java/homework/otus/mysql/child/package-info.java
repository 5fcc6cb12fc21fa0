/** What all children of a database have in common: names, labels, ownership, Pods, and Jobs with what they told. */
@NullMarked
package homework.otus.mysql.child;

import org.jspecify.annotations.NullMarked;
