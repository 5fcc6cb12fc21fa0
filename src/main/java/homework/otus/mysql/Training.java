package homework.otus.mysql;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * The run from which the image's AOT cache is made: the operator starts, takes the lease and makes the first objects of
 * one database, with an API server in this process that agrees to everything. Exits with 0.
 *
 * <p>The key of that server is the one that the system properties {@code javax.net.ssl.keyStore…} name, and {@code
 * javax.net.ssl.trustStore…} must trust it for 127.0.0.1.
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

    public static void main(String[] args) {
        try {
            train(args);
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void train(String[] args) throws Exception {
        HttpsServer api = HttpsServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        api.setHttpsConfigurator(new HttpsConfigurator(SSLContext.getDefault()));
        CountDownLatch wrote = new CountDownLatch(AT_LEAST);
        api.createContext("/", exchange -> answer(exchange, wrote));
        api.setExecutor(Executors.newCachedThreadPool());
        api.start();
        System.setProperty(
                "kubernetes.client.base-path",
                "https://" + LOOPBACK + ":" + api.getAddress().getPort());
        System.setProperty("operator.image", "training");
        System.setProperty("micronaut.server.port", "-1"); // any: an image may be built in the machine's own network
        ApplicationContext operator = Application.start(args);
        if (!wrote.await(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the operator wrote too little");
        }
        int port = operator.getBean(EmbeddedServer.class).getPort();
        for (String path : List.of("/health/liveness", "/health/readiness", "/prometheus")) {
            new URL("http", LOOPBACK, port, path).openStream().readAllBytes();
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
