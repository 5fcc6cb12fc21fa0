package homework.otus.mysql.program.password;

import static org.awaitility.Awaitility.await;

import homework.otus.mysql.testing.Kubectl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A mysqld in a Pod of the test cluster, whose port is open at the node: what connects there is {@code root@'%'}. It
 * starts again whenever it ends, with the init file and the options that the test wrote last.
 *
 * <p>The account {@code tester} may do everything and is not root.
 */
final class RealServer {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String TESTER = "tester-Aa1!";
    private static final String MANIFESTS = """
            apiVersion: v1
            kind: Pod
            metadata:
              name: server
              labels:
                app: server
            spec:
              terminationGracePeriodSeconds: 0
              automountServiceAccountToken: false
              securityContext:
                runAsNonRoot: true
                runAsUser: 999
                fsGroup: 999
                seccompProfile:
                  type: RuntimeDefault
              containers:
              - name: mysql
                image: mysql:9.7
                command:
                - sh
                - -c
                - |
                  cd /work
                  mysqld --no-defaults --initialize-insecure --datadir=/work/data --tmpdir=/work
                  touch init.sql options
                  while true; do
                    mysqld --defaults-file=/dev/null --datadir=/work/data --socket=/work/mysqld.sock --pid-file=/work/pid \\
                      --tmpdir=/work --mysqlx=OFF --init-file=/work/init.sql $(cat options)
                  done
                securityContext:
                  allowPrivilegeEscalation: false
                  capabilities:
                    drop: [ALL]
                volumeMounts:
                - name: work
                  mountPath: /work
              volumes:
              - name: work
                emptyDir: {}
            ---
            apiVersion: v1
            kind: Service
            metadata:
              name: server
            spec:
              type: NodePort
              selector:
                app: server
              ports:
              - port: 3306
            """;

    private final Kubectl kubectl;
    private final String host;
    private final int port;
    private int mounted;

    private RealServer(Kubectl kubectl) {
        this.kubectl = kubectl;
        host = kubectl.run(
                        "get",
                        "nodes",
                        "--output=jsonpath={.items[0].status.addresses[?(@.type=='InternalIP')].address}")
                .orFail();
        port = Integer.parseInt(kubectl.run("get", "service/server", "--output=jsonpath={.spec.ports[0].nodePort}")
                .orFail());
    }

    static RealServer start(Kubectl kubectl) {
        kubectl.runWithInput(MANIFESTS, "create", "--filename=-").orFail();
        kubectl.run("wait", "pod/server", "--for=condition=Ready", "--timeout=180s")
                .orFail();
        RealServer server = new RealServer(kubectl);
        await("mysqld")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> server.shell("", "test -S /work/mysqld.sock") == 0);
        kubectl.runWithInput(
                        "CREATE USER tester IDENTIFIED BY '" + TESTER
                                + "'; GRANT ALL ON *.* TO tester WITH GRANT OPTION;",
                        "exec",
                        "--stdin",
                        "server",
                        "--",
                        "mysql",
                        "--user=root",
                        "--socket=/work/mysqld.sock")
                .orFail();
        return server;
    }

    TlsServer asRoot() {
        return new TlsServer(host, port);
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    private int shell(String input, String script) {
        return kubectl.runWithInput(input, "exec", "--stdin", "server", "--", "sh", "-c", script)
                .exitCode();
    }

    /** Ends mysqld and waits for the next, which has run this file before it answers. */
    void restart(String initFile, String options) throws SQLException {
        String started = started();
        if (shell(initFile, "cat >/work/init.sql") != 0 || shell(options, "cat >/work/options") != 0) {
            throw new AssertionError("The init file can't be written");
        }
        run("SHUTDOWN");
        await("mysqld's restart")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> !started().equals(started));
    }

    /** What no two processes of mysqld have in common. */
    private String started() throws SQLException {
        return query("SELECT THREAD_OS_ID FROM performance_schema.threads" + " WHERE NAME = 'thread/sql/main'")
                .toString();
    }

    void run(String... statements) throws SQLException {
        try (Connection connection = connect("tester", TESTER);
                Statement statement = connection.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        }
    }

    /** A statement a line. */
    void runStatements(String lines) throws SQLException {
        run(lines.split(";\n"));
    }

    /** Mounts these files as the kubelet would. */
    void mount(Map<String, byte[]> files) {
        String folder = "..v" + mounted++;
        StringBuilder script = new StringBuilder("mkdir -p /work/config/" + folder + " && cd /work/config/" + folder);
        files.forEach((name, content) -> script.append(" && echo ")
                .append(Base64.getEncoder().encodeToString(content))
                .append(" | base64 -d >")
                .append(name));
        script.append(" && ln -sfn ").append(folder).append(" ../..data && cd /work/config");
        files.keySet().forEach(name -> script.append(" && ln -sfn ..data/" + name + " " + name));
        if (shell(script.toString(), "sh") != 0) {
            throw new AssertionError("The files can't be written");
        }
    }

    /** The server's startup probe. */
    Kubectl.Outcome probe() {
        return kubectl.run("exec", "server", "--", "sh", "/work/config/accounts.sh", "/work/config", "/work");
    }

    /** The first column. */
    List<String> query(String query) throws SQLException {
        return query("tester", TESTER, query);
    }

    List<String> query(String user, String password, String query) throws SQLException {
        try (Connection connection = connect(user, password);
                Statement statement = connection.createStatement()) {
            List<String> values = new ArrayList<>();
            if (statement.execute(query)) {
                ResultSet result = statement.getResultSet();
                while (result.next()) {
                    values.add(result.getString(1));
                }
            }
            return values;
        }
    }

    private Connection connect(String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("sslMode", "PREFERRED");
        properties.setProperty("allowPublicKeyRetrieval", "true");
        properties.setProperty("enableEscapeProcessing", "false");
        return DriverManager.getConnection("jdbc:mysql://" + host + ":" + port + "/", properties);
    }

    /** Which of the two accounts this password opens, as in {@code [root@%, root@localhost]}. */
    List<String> opens(String password) throws SQLException {
        List<String> accounts = new ArrayList<>();
        try (LoginServer.Session root = asRoot().logIn("root", password)) {
            accounts.addAll(root.ask("SELECT CURRENT_USER()"));
        } catch (SQLException e) {
            if (!new ServerError(e).isAccessDenied()) {
                throw e;
            }
        }
        Kubectl.Outcome locally = kubectl.runWithInput(
                password,
                "exec",
                "--stdin",
                "server",
                "--",
                "sh",
                "-c",
                "MYSQL_PWD=\"$(cat)\" exec mysql --no-defaults --user=root --socket=/work/mysqld.sock --skip-column-names"
                        + " --execute='SELECT CURRENT_USER()'");
        if (locally.exitCode() == 0) {
            accounts.add(locally.output().strip());
        } else if (!locally.errors().contains("1045")) {
            throw new AssertionError(locally);
        }
        return accounts;
    }
}
