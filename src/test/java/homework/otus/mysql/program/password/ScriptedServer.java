package homework.otus.mysql.program.password;

import java.net.ConnectException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that accepts the passwords it is told to, for whomever, and what an ALTER USER gives it. The operator's account
 * always has {@link #OPERATOR}.
 */
final class ScriptedServer implements LoginServer {
    private static final Pattern IDENTIFIED = Pattern.compile("IDENTIFIED BY '([^']*)'");

    static final String OPERATOR = "operator-secret";

    private final Set<String> accepted = new HashSet<>();
    private final List<String> logins = new ArrayList<>();
    private final List<String> statements = new ArrayList<>();
    private int version = 90704;
    private int marked;
    private boolean operatorKnown = true;
    private int away;
    private String refused = "";
    private SQLException refusal = new SQLException();
    private boolean once;

    ScriptedServer version(String text) {
        String[] numbers = text.split("\\.");
        version = Integer.parseInt(numbers[0]) * 10_000
                + Integer.parseInt(numbers[1]) * 100
                + Integer.parseInt(numbers[2]);
        return this;
    }

    /** These and no others. */
    ScriptedServer accept(String... passwords) {
        accepted.clear();
        accepted.addAll(List.of(passwords));
        return this;
    }

    ScriptedServer marked(int accounts) {
        marked = accounts;
        return this;
    }

    ScriptedServer withoutOperator() {
        operatorKnown = false;
        return this;
    }

    /** For so many attempts to log in. */
    void awayFor(int attempts) {
        away = attempts;
    }

    /** Every statement that begins so. */
    void refuse(String beginning, SQLException with) {
        refused = beginning;
        refusal = with;
    }

    void refuseOnce(String beginning, SQLException with) {
        refuse(beginning, with);
        once = true;
    }

    /** Who tried to log in with which password, in order. */
    List<String> logins() {
        return logins;
    }

    /** The statements that were done, without queries. */
    List<String> statements() {
        return statements;
    }

    @Override
    public Session logIn(String user, String password) throws SQLException {
        if (away-- > 0) {
            throw new SQLException("no link for " + password, "08S01", new ConnectException("Connection refused"));
        }
        logins.add(user + " " + password);
        boolean opens = user.equals("mysql-operator")
                ? operatorKnown && password.equals(OPERATOR)
                : accepted.contains(password);
        if (!opens) {
            throw new SQLException("Access denied for " + password, "28000", 1045);
        }
        return new ScriptedSession();
    }

    @Override
    public String toString() {
        return "db:3306";
    }

    private final class ScriptedSession implements Session {
        @Override
        public void execute(String statement) throws SQLException {
            refuseWhereTold(statement);
            statements.add(statement);
            Matcher password = IDENTIFIED.matcher(statement);
            if (password.find()) {
                accepted.add(password.group(1));
            }
        }

        @Override
        public List<String> ask(String query) throws SQLException {
            if (query.contains("validate")) {
                return List.of("validate_password.length=8");
            }
            refuseWhereTold(query);
            if (query.contains("mysql.user")) {
                return List.of("2");
            }
            if (query.contains("USER_ATTRIBUTES")) {
                return List.of(Integer.toString(marked));
            }
            return Pattern.compile("!(\\d+) \\+ 1")
                    .matcher(query)
                    .results()
                    .map(comment -> version >= Integer.parseInt(comment.group(1)) ? "1" : "0")
                    .toList();
        }

        private void refuseWhereTold(String statement) throws SQLException {
            if (!refused.isEmpty() && statement.startsWith(refused)) {
                if (once) {
                    refused = "";
                }
                throw refusal;
            }
        }

        @Override
        public void close() {}
    }
}
