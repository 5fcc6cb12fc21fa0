package homework.otus.mysql.training;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * Runs the operator so that its JVM makes the image's AOT cache: it starts, takes the lease, makes the first objects of one
 * database and is stopped, with an API server in this process that agrees to everything. Exits with 0 where all went well.
 *
 * <p>The arguments are the command that runs the operator. The key of the API server is the one that this process's system
 * properties {@code javax.net.ssl.keyStore…} name; the operator must trust it for 127.0.0.1.
 */
public final class Training {
    private static final String MYSQL = """
            {"apiVersion": "otus.homework/v1", "kind": "MySQL",
             "metadata": {"name": "training", "namespace": "default", "uid": "1", "resourceVersion": "1", "generation": 1,
                          "creationTimestamp": "2026-01-01T00:00:00Z"},
             "spec": {"image": "mysql", "database": "training", "password": "training", "storage_size": "1Gi"}}""";
    /** The lease, the finalizer and the first claim. */
    private static final int AT_LEAST = 3;
    /** Not "localhost", which a build's container need not know. */
    private static final String LOOPBACK = "127.0.0.1";

    private Training() {}

    public static void main(String[] command) {
        try {
            train(command);
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void train(String[] command) throws Exception {
        HttpsServer api = HttpsServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        api.setHttpsConfigurator(new HttpsConfigurator(SSLContext.getDefault()));
        CountDownLatch wrote = new CountDownLatch(AT_LEAST);
        api.createContext("/", exchange -> answer(exchange, wrote));
        api.setExecutor(Executors.newCachedThreadPool());
        api.start();
        int port = freePort();
        Process operator = start(command, api.getAddress().getPort(), port);
        try {
            if (!wrote.await(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the operator wrote too little");
            }
            for (String path : List.of("/health/liveness", "/health/readiness", "/prometheus")) {
                new URL("http", LOOPBACK, port, path).openStream().readAllBytes();
            }
            operator.destroy();
            // The JVM makes the cache at its end.
            if (!operator.waitFor(5, TimeUnit.MINUTES) || operator.exitValue() != 0) {
                throw new IllegalStateException("the operator did not end well");
            }
        } finally {
            operator.destroyForcibly();
        }
    }

    private static Process start(String[] command, int apiPort, int port) throws IOException {
        ProcessBuilder operator = new ProcessBuilder(command).inheritIO();
        operator.environment().put("KUBERNETES_CLIENT_BASE_PATH", "https://" + LOOPBACK + ":" + apiPort);
        operator.environment().put("OPERATOR_IMAGE", "training");
        operator.environment().put("HTTP_PORT", Integer.toString(port));
        return operator.start();
    }

    /** An image may be built in the machine's own network, where any port may be taken. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
            return socket.getLocalPort();
        }
    }

    private static void answer(HttpExchange exchange, CountDownLatch wrote) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (query.contains("watch=true")) {
            exchange.sendResponseHeaders(200, 0); // and nothing ever happens
        } else if (exchange.getRequestMethod().equals("GET")) {
            String items = path.endsWith("/mysqls") ? MYSQL : "";
            boolean list = query.contains("limit=");
            send(
                    exchange,
                    list ? 200 : 404,
                    "{\"metadata\": {\"resourceVersion\": \"1\"}, \"items\": [" + items + "]}");
        } else {
            JsonObject object = JsonParser.parseString(new String(body, StandardCharsets.UTF_8))
                    .getAsJsonObject();
            object.getAsJsonObject("metadata").addProperty("uid", "2");
            object.getAsJsonObject("metadata").addProperty("resourceVersion", "2");
            send(exchange, 201, object.toString());
            wrote.countDown();
        }
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
