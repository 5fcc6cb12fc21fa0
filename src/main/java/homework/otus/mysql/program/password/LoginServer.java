package homework.otus.mysql.program.password;

import java.sql.SQLException;
import java.util.List;

/** A MySQL server, as far as the change of a password needs it. */
interface LoginServer {
    /** As this user, with every statement after this one quoted as {@link homework.otus.mysql.sql.Quoted} does. */
    Session logIn(String user, String password) throws SQLException;

    /** As in {@code mysql-instance:3306}. */
    @Override
    String toString();

    /** A connection. */
    interface Session extends AutoCloseable {
        void execute(String statement) throws SQLException;

        /** The values of the only row that a query has. */
        List<String> ask(String query) throws SQLException;

        @Override
        void close() throws SQLException;
    }
}
