/** The server: its Deployment and Service, and the look before another image or configuration. */
@NullMarked
package homework.otus.mysql.server;

import org.jspecify.annotations.NullMarked;
