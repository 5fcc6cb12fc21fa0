/** The machinery of a controller, over any kind: clients, caches, queue, leader election, and the one way to write. */
@NullMarked
package homework.otus.mysql.kube;

import org.jspecify.annotations.NullMarked;
