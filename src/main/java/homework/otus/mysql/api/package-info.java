/** The custom resource as the API server stores it: plain data, and depends on nothing else of ours. */
@NullMarked
package homework.otus.mysql.api;

import org.jspecify.annotations.NullMarked;
