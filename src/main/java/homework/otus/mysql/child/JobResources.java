package homework.otus.mysql.child;

import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What each container of a Job asks for and may use at most. Always both, of both: a quota refuses Pods that leave one
 * open. What the user asks for takes the place of a default; the other side follows, so that no request is above its limit.
 */
final class JobResources {
    private static final Map<String, Quantity> REQUESTS =
            Map.of("cpu", new Quantity("100m"), "memory", new Quantity("256Mi"));
    private static final Map<String, Quantity> LIMITS =
            Map.of("cpu", new Quantity("2"), "memory", new Quantity("512Mi"));

    private JobResources() {}

    /** @param asked null: the defaults */
    static V1ResourceRequirements of(@Nullable V1ResourceRequirements asked) {
        Map<String, Quantity> askedRequests = asked == null ? Map.of() : orEmpty(asked.getRequests());
        Map<String, Quantity> askedLimits = asked == null ? Map.of() : orEmpty(asked.getLimits());
        Map<String, Quantity> requests = new TreeMap<>(REQUESTS);
        requests.putAll(askedRequests);
        Map<String, Quantity> limits = new TreeMap<>(LIMITS);
        limits.putAll(askedLimits);
        requests.replaceAll((name, request) ->
                askedLimits.containsKey(name) && isMore(request, limits.get(name)) ? limits.get(name) : request);
        limits.replaceAll((name, limit) -> isMore(requests.get(name), limit) ? requests.get(name) : limit);
        return new V1ResourceRequirements().requests(requests).limits(limits);
    }

    private static boolean isMore(@Nullable Quantity one, @Nullable Quantity other) {
        return one != null && other != null && one.getNumber().compareTo(other.getNumber()) > 0;
    }

    private static Map<String, Quantity> orEmpty(@Nullable Map<String, Quantity> quantities) {
        return quantities == null ? Map.of() : quantities;
    }
}
