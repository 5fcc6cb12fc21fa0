/**
 * What carries the reconciler: clients, caches, queue and workers, leader election, shutdown, health. Shaped after {@code
 * micronaut-kubernetes-operator}; knows Kubernetes' vocabulary and the MySQL type, but nothing of what a database needs.
 */
@NullMarked
package homework.otus.mysql.runtime;

import org.jspecify.annotations.NullMarked;
