package homework.otus.mysql.testing;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.List;
import okhttp3.Request;
import okio.Buffer;

/**
 * A request that an operator sent, in the audit log's words.
 *
 * @param verb {@code create}, {@code update}, {@code patch}, {@code delete}, or {@code get}, {@code list}, {@code watch}
 * @param resource with its subresource, such as {@code mysqls/status}
 * @param name empty for lists and watches
 * @param code the API server's answer, 0 where it could not be had
 */
public record ApiCall(String verb, String resource, String name, int code) {

    static ApiCall of(Request request, int code) {
        List<String> path = request.url().pathSegments();
        int start = path.get(0).equals("api") ? 2 : 3;
        if (path.size() > start + 2 && path.get(start).equals("namespaces")) {
            start += 2;
        }
        String resource = path.size() > start ? path.get(start) : "";
        String name = path.size() > start + 1 ? path.get(start + 1) : "";
        String subresource = path.size() > start + 2 ? "/" + path.get(start + 2) : "";
        return switch (request.method()) {
            case "POST" -> new ApiCall("create", resource, nameInBody(request), code);
            case "PUT" -> new ApiCall("update", resource + subresource, name, code);
            case "PATCH" -> new ApiCall("patch", resource + subresource, name, code);
            case "DELETE" -> new ApiCall("delete", resource, name, code);
            default -> new ApiCall(reading(request, name), resource, name, code);
        };
    }

    /** Leases and Events apart, which no figure counts. */
    public boolean isWrite() {
        return !isBookkeeping()
                && List.of("create", "update", "patch", "delete").contains(verb);
    }

    /** Watches apart: they are how the operator hears. */
    public boolean isRead() {
        return !isBookkeeping() && List.of("get", "list").contains(verb);
    }

    public boolean succeeded() {
        return code >= 200 && code < 300;
    }

    private boolean isBookkeeping() {
        return resource.equals("leases") || resource.equals("events");
    }

    @Override
    public String toString() {
        return verb + " " + resource + " " + name + " " + code;
    }

    private static String reading(Request request, String name) {
        if ("true".equals(request.url().queryParameter("watch"))) {
            return "watch";
        }
        return name.isEmpty() ? "list" : "get";
    }

    private static String nameInBody(Request request) {
        try (Buffer body = new Buffer()) {
            if (request.body() != null) {
                request.body().writeTo(body);
            }
            JsonElement object = JsonParser.parseString(body.readUtf8());
            return object.getAsJsonObject()
                    .getAsJsonObject("metadata")
                    .get("name")
                    .getAsString();
        } catch (IOException e) {
            throw new IllegalStateException("a body that can't be read", e);
        }
    }
}
