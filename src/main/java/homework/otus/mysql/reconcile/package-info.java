/** The contents page: observe, plan, apply, status. */
@NullMarked
package homework.otus.mysql.reconcile;

import org.jspecify.annotations.NullMarked;
