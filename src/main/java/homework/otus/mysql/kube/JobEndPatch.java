package homework.otus.mysql.kube;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import homework.otus.mysql.step.Action;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Job;

/**
 * A JSON merge patch of a Job's status, with the observed resourceVersion for its precondition. Kubernetes' Job controller
 * adds to the count of successes and goes on from a {@code FailureTarget}: it deletes the Pod that still runs, and makes
 * the Job complete or failed when that is gone. See ADR 21.
 */
final class JobEndPatch {
    private JobEndPatch() {}

    static String of(Action.EndJob action) {
        V1Job job = action.target();
        JsonArray conditions = new JsonArray();
        if (job.getStatus() != null && job.getStatus().getConditions() != null) {
            // One by one: client-java writes an empty list as null.
            job.getStatus()
                    .getConditions()
                    .forEach(there -> conditions.add(JSON.getGson().toJsonTree(there)));
        }
        conditions.add(condition(action.condition(), action.end()));
        JsonObject status = new JsonObject();
        if (action.well()) {
            status.addProperty("succeeded", 1);
        } else {
            conditions.add(condition("FailureTarget", "the program failed; what else ran in its Pod is ended"));
        }
        status.add("conditions", conditions);
        JsonObject metadata = new JsonObject();
        metadata.addProperty("resourceVersion", job.getMetadata().getResourceVersion());
        JsonObject patch = new JsonObject();
        patch.add("metadata", metadata);
        patch.add("status", status);
        return patch.toString();
    }

    private static JsonObject condition(String type, String message) {
        JsonObject condition = new JsonObject();
        condition.addProperty("type", type);
        condition.addProperty("status", "True");
        condition.addProperty("reason", "ProgramEnded");
        condition.addProperty("message", message);
        return condition;
    }
}
