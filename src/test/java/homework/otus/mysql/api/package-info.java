/** Tests of the custom resource: its types against its schema, and its schema on a real API server. */
@NullMarked
package homework.otus.mysql.api;

import org.jspecify.annotations.NullMarked;
