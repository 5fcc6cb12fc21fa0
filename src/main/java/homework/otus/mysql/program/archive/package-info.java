/**
 * The cold archive of a stopped MySQL data directory: written, proven against its source, listed and restored. Plain
 * Java on files: nothing of Kubernetes, Micronaut or a logger may be in it, so that its two mains start at once.
 */
@NullMarked
package homework.otus.mysql.program.archive;

import org.jspecify.annotations.NullMarked;
