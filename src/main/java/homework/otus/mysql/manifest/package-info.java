/** The Kubernetes objects that a database should have, built by pure code: no client, no clock, no logger. */
@NullMarked
package homework.otus.mysql.manifest;

import org.jspecify.annotations.NullMarked;
