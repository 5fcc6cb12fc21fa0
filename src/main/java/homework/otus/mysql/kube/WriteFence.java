package homework.otus.mysql.kube;

import homework.otus.mysql.telemetry.OperatorMetrics;
import java.io.IOException;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The last look at the lease, after the connection stands and right before the bytes of a write go out, so that a process
 * that was stopped anywhere earlier writes nothing when it goes on. It also counts the writes.
 */
final class WriteFence implements Interceptor {
    private final Leadership leadership;
    private final OperatorMetrics metrics;

    WriteFence(Leadership leadership, OperatorMetrics metrics) {
        this.leadership = leadership;
        this.metrics = metrics;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        if (request.method().equals("GET")) {
            return chain.proceed(request);
        }
        try {
            leadership.requireValid();
        } catch (LeaseNotHeldException e) {
            throw new IOException(e);
        }
        Response response = chain.proceed(request);
        metrics.wrote(resource(request.url()), verb(request), response.code());
        return response;
    }

    /** As the audit log and RBAC call it: {@code jobs}, {@code mysqls/status}. */
    static String resource(HttpUrl url) {
        List<String> path = url.pathSegments();
        int start = path.get(0).equals("api") ? 2 : 3;
        if (path.size() > start + 2 && path.get(start).equals("namespaces")) {
            start += 2;
        }
        if (path.size() <= start) {
            return "unknown";
        }
        return path.size() > start + 2 ? path.get(start) + "/" + path.get(start + 2) : path.get(start);
    }

    private static String verb(Request request) {
        return switch (request.method()) {
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> "delete";
            default -> request.method();
        };
    }
}
