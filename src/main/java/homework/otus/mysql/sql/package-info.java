/**
 * The text of SQL statements about MySQL's accounts, for the file that mysqld runs at its start and for the password
 * Job alike. Text only: nothing here connects to a server.
 */
@NullMarked
package homework.otus.mysql.sql;

import org.jspecify.annotations.NullMarked;
