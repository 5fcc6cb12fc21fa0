/** MySQL's accounts: the credentials, the binding Secret, and another password for a server that runs. */
@NullMarked
package homework.otus.mysql.accounts;

import org.jspecify.annotations.NullMarked;
