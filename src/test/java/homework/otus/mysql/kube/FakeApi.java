package homework.otus.mysql.kube;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * As much of an API server as a cache and a lease need, with faults on demand: lists in pages, watches with bookmarks,
 * create, update with a check of the resource version, delete. For all else there is a real one.
 */
final class FakeApi implements AutoCloseable {
    static final String MYSQLS = "/apis/otus.homework/v1/namespaces/default/mysqls";
    static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/mysql-operator/leases";

    private static final String END_OF_STREAM = "";

    /** @param path of the collection or the object */
    record Call(String method, String path, Map<String, String> query) {
        boolean watch() {
            return "true".equals(query.get("watch"));
        }

        boolean list() {
            return method.equals("GET") && !watch() && Resource.of(path).name() == null;
        }
    }

    /** @return the status code to answer instead, or 0 */
    interface Fault {
        int of(Call call);
    }

    private record Event(long version, String path, String type, JsonObject object) {}

    private record Watcher(Resource of, BlockingQueue<String> lines) {}

    final List<Call> calls = new CopyOnWriteArrayList<>();
    volatile Fault fault = call -> 0;
    /** Watches from before this version are answered 410. */
    volatile long compactedTo;

    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool(DaemonThreads.named("fake-api"));
    private final TreeMap<String, JsonObject> objects = new TreeMap<>();
    private final List<Event> events = new ArrayList<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private long version = 100;

    FakeApi() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    @Override
    public void close() {
        dropWatches();
        http.stop(0);
        threads.shutdownNow();
    }

    void dropWatches() {
        List<Watcher> open = List.copyOf(watchers);
        watchers.removeAll(open);
        open.forEach(watcher -> watcher.lines.add(END_OF_STREAM));
    }

    int openWatches() {
        return watchers.size();
    }

    long lists(String plural) {
        return calls.stream()
                .filter(call -> call.list() && call.path.endsWith(plural))
                .count();
    }

    synchronized long version() {
        return version;
    }

    /** Creates or replaces, as somebody else would. */
    synchronized JsonObject put(String path, String json) {
        JsonObject object = JsonParser.parseString(json).getAsJsonObject();
        return store(path, object, true);
    }

    synchronized JsonObject get(String path) {
        return objects.get(path);
    }

    synchronized void remove(String path) {
        JsonObject object = objects.remove(path);
        object.getAsJsonObject("metadata").addProperty("resourceVersion", String.valueOf(++version));
        emit(path, "DELETED", object);
    }

    /** Changes that no watch tells of, as when it had been cut off meanwhile. */
    synchronized void unseen(Runnable change) {
        List<Watcher> open = List.copyOf(watchers);
        int known = events.size();
        watchers.clear();
        change.run();
        watchers.addAll(open);
        events.subList(known, events.size()).clear();
    }

    /** A BOOKMARK of a quiet watch, as the API server writes it: the type's zero value. */
    synchronized void bookmark(String kind) {
        version += 1000;
        String line = """
                {"type":"BOOKMARK","object":{"kind":"%s","metadata":{"resourceVersion":"%d","creationTimestamp":null},\
                "spec":{"containers":null,"template":{"spec":{"containers":null}},"selector":null},"status":{}}}
                """.formatted(kind, version);
        watchers.forEach(watcher -> watcher.lines.add(line));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> query = new HashMap<>();
            String raw = exchange.getRequestURI().getRawQuery();
            for (String pair : raw == null ? new String[0] : raw.split("&")) {
                String[] parts = pair.split("=", 2);
                query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
            Call call = new Call(
                    exchange.getRequestMethod(), exchange.getRequestURI().getPath(), query);
            calls.add(call);
            int code = fault.of(call);
            if (code != 0) {
                fail(exchange, code, "fault");
            } else if (call.watch()) {
                watch(exchange, call);
            } else {
                answer(exchange, call);
            }
        }
    }

    private void answer(HttpExchange exchange, Call call) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        synchronized (this) {
            if (call.list()) {
                send(exchange, 200, list(call));
                return;
            }
            JsonObject sent = body.length == 0
                    ? new JsonObject()
                    : JsonParser.parseString(new String(body, StandardCharsets.UTF_8))
                            .getAsJsonObject();
            String path = call.method.equals("POST")
                    ? call.path + "/"
                            + sent.getAsJsonObject("metadata").get("name").getAsString()
                    : call.path.replaceFirst("/status$", "");
            JsonObject stored = objects.get(path);
            if (call.method.equals("POST")) {
                if (stored == null) {
                    send(exchange, 201, store(path, sent, true));
                } else {
                    fail(exchange, 409, "AlreadyExists");
                }
            } else if (stored == null) {
                fail(exchange, 404, "NotFound");
            } else if (call.method.equals("GET")) {
                send(exchange, 200, stored);
            } else if (call.method.equals("DELETE")) {
                remove(path);
                send(exchange, 200, stored);
            } else if (!versionOf(sent).equals(versionOf(stored))) {
                fail(exchange, 409, "Conflict");
            } else {
                send(exchange, 200, store(path, sent, false));
            }
        }
    }

    private JsonObject store(String path, JsonObject object, boolean fresh) {
        Resource resource = Resource.of(path);
        JsonObject meta = object.has("metadata") ? object.getAsJsonObject("metadata") : new JsonObject();
        object.add("metadata", meta);
        JsonObject before = objects.get(path);
        meta.addProperty("name", resource.name());
        meta.addProperty("namespace", resource.namespace());
        if (fresh && !meta.has("uid")) {
            meta.addProperty("uid", UUID.randomUUID().toString());
        }
        meta.addProperty("resourceVersion", String.valueOf(++version));
        objects.put(path, object);
        emit(path, before == null ? "ADDED" : "MODIFIED", object);
        return object;
    }

    private void emit(String path, String type, JsonObject object) {
        Event event = new Event(version, path, type, object.deepCopy());
        events.add(event);
        watchers.stream()
                .filter(watcher -> watcher.of.contains(path))
                .forEach(watcher -> watcher.lines.add(line(event)));
    }

    private static String line(Event event) {
        JsonObject line = new JsonObject();
        line.addProperty("type", event.type);
        line.add("object", event.object);
        return line + "\n";
    }

    private JsonObject list(Call call) {
        Resource resource = Resource.of(call.path);
        List<Map.Entry<String, JsonObject>> found = objects.entrySet().stream()
                .filter(entry -> resource.contains(entry.getKey()))
                .filter(entry -> entry.getKey().compareTo(call.query.getOrDefault("continue", "")) > 0)
                .toList();
        int limit = Integer.parseInt(call.query.getOrDefault("limit", "1000000"));
        JsonObject meta = new JsonObject();
        meta.addProperty("resourceVersion", String.valueOf(version));
        if (found.size() > limit) {
            meta.addProperty("continue", found.get(limit - 1).getKey());
        }
        JsonArray items = new JsonArray();
        found.stream().limit(limit).forEach(entry -> items.add(entry.getValue()));
        JsonObject list = new JsonObject();
        list.add("metadata", meta);
        list.add("items", items);
        return list;
    }

    private void watch(HttpExchange exchange, Call call) throws IOException {
        Watcher watcher = new Watcher(Resource.of(call.path), new LinkedBlockingQueue<>());
        synchronized (this) {
            long from = Long.parseLong(call.query.get("resourceVersion"));
            if (from < compactedTo) {
                watcher.lines.add("{\"type\":\"ERROR\",\"object\":" + status(410, "Expired") + "}\n");
                watcher.lines.add(END_OF_STREAM);
            }
            events.stream()
                    .filter(event -> event.version > from && watcher.of.contains(event.path))
                    .forEach(event -> watcher.lines.add(line(event)));
            watchers.add(watcher);
        }
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.flush();
            while (true) {
                String line = watcher.lines.poll(1, TimeUnit.MINUTES);
                if (line == null || line.equals(END_OF_STREAM)) {
                    return;
                }
                out.write(line.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watchers.remove(watcher);
        }
    }

    private static String versionOf(JsonObject object) {
        JsonElement version = object.getAsJsonObject("metadata").get("resourceVersion");
        return version == null ? "" : version.getAsString();
    }

    private static JsonObject status(int code, String reason) {
        JsonObject status = new JsonObject();
        status.addProperty("kind", "Status");
        status.addProperty("apiVersion", "v1");
        status.addProperty("status", "Failure");
        status.addProperty("code", code);
        status.addProperty("reason", reason);
        status.addProperty("message", "said no");
        return status;
    }

    private static void fail(HttpExchange exchange, int code, String reason) throws IOException {
        send(exchange, code, status(code, reason));
    }

    private static void send(HttpExchange exchange, int code, JsonElement body) throws IOException {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** The parts of a path; namespace and name are null where it has none. */
    private record Resource(String group, String namespace, String plural, String name) {
        static Resource of(String path) {
            List<String> parts = Arrays.asList(path.substring(1).split("/"));
            int at = parts.get(0).equals("api") ? 2 : 3;
            String group = String.join("/", parts.subList(0, at));
            String namespace = null;
            if (parts.get(at).equals("namespaces") && parts.size() > at + 2) {
                namespace = parts.get(at + 1);
                at += 2;
            }
            return new Resource(group, namespace, parts.get(at), parts.size() > at + 1 ? parts.get(at + 1) : null);
        }

        boolean contains(String path) {
            Resource other = of(path);
            return group.equals(other.group)
                    && plural.equals(other.plural)
                    && (namespace == null || namespace.equals(other.namespace));
        }
    }
}
