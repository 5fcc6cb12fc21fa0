package homework.otus.mysql.program.password;

import homework.otus.mysql.sql.OperatorAccount;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * A server that is reached over TLS or not at all.
 *
 * <p>Its certificate is not checked, for there is nothing to check it against: mysqld makes its own at its first start.
 * This protects against eavesdropping, not against impersonation: the Job is given the address of the server's own Pod,
 * and who can answer at that address in the Pod's place is given the passwords.
 */
final class TlsServer implements LoginServer {
    private static final String CONNECT_MILLIS = "5000";
    /** Longer than a statement waits for a lock, so that none is left behind that is done later. */
    private static final String SOCKET_MILLIS = "15000";

    private static final int LOCK_SECONDS = 8;

    private final String host;
    private final int port;

    TlsServer(String host, int port) {
        this.host = host;
        this.port = port;
    }

    @Override
    public Session logIn(String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("sslMode", "REQUIRED");
        properties.setProperty("connectTimeout", CONNECT_MILLIS);
        properties.setProperty("socketTimeout", SOCKET_MILLIS);
        properties.setProperty("characterEncoding", "UTF-8");
        // A brace in a password is no JDBC escape.
        properties.setProperty("enableEscapeProcessing", "false");
        // Keeps the driver from quoting statements in its exceptions.
        properties.setProperty("paranoid", "true");
        Connection connection = DriverManager.getConnection("jdbc:mysql://" + this + "/", properties);
        JdbcSession session = new JdbcSession(connection);
        try {
            // The server keeps passwords out of its logs only as long as it isn't told otherwise (log_raw).
            if (user.equals(OperatorAccount.USER)) {
                session.execute(
                        "SET SESSION sql_mode='', sql_log_bin=0, sql_log_off=1, lock_wait_timeout=" + LOCK_SECONDS);
            }
        } catch (SQLException e) {
            session.close();
            throw e;
        }
        return session;
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private record JdbcSession(Connection connection) implements Session {
        @Override
        public void execute(String text) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(text);
            }
        }

        @Override
        public List<String> ask(String query) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(query)) {
                List<String> row = new ArrayList<>();
                if (!result.next()) {
                    throw new SQLException("A query has no row");
                }
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.add(String.valueOf(result.getString(column)));
                }
                return row;
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
