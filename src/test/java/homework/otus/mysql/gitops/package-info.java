/** Databases and operator from Git: by the real Argo CD of the test cluster, and by its scripts alone. */
@NullMarked
package homework.otus.mysql.gitops;

import org.jspecify.annotations.NullMarked;
