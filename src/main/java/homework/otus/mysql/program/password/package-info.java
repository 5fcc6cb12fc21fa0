/**
 * Changes the root accounts' password in a running server. Plain Java that runs in a Job's Pod: it knows a mounted
 * Secret and JDBC, and nothing of Kubernetes. No password leaves it but in a connection to MySQL.
 */
@NullMarked
package homework.otus.mysql.program.password;

import org.jspecify.annotations.NullMarked;
