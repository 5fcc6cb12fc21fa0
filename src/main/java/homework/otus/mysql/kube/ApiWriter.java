package homework.otus.mysql.kube;

import com.google.gson.JsonObject;
import homework.otus.mysql.step.Action;
import homework.otus.mysql.step.Action.Propagation;
import homework.otus.mysql.step.Coverage;
import homework.otus.mysql.step.Setback;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Preconditions;
import io.kubernetes.client.openapi.models.V1Status;
import io.kubernetes.client.openapi.models.V1StatusCause;
import io.kubernetes.client.util.generic.GenericKubernetesApi;
import io.kubernetes.client.util.generic.KubernetesApiResponse;
import io.kubernetes.client.util.generic.options.CreateOptions;
import io.kubernetes.client.util.generic.options.DeleteOptions;
import io.kubernetes.client.util.generic.options.PatchOptions;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One write, safe on old caches: a create never changes what is there, an apply never revives what is gone, a delete and
 * a patch touch only the very object that was observed.
 */
@Singleton
public final class ApiWriter {
    private final KubernetesApis apis;
    private final Expectations expectations;
    private final Answers answers;
    private final Belonging belonging;
    private final OperatorIdentity identity;

    ApiWriter(
            KubernetesApis apis,
            Expectations expectations,
            Answers answers,
            Belonging belonging,
            OperatorIdentity identity) {
        this.apis = apis;
        this.expectations = expectations;
        this.answers = answers;
        this.belonging = belonging;
        this.identity = identity;
    }

    <T extends KubernetesObject> WriteAnswer create(KubernetesObject owner, T object) {
        CreateOptions options = new CreateOptions();
        options.setFieldManager(identity.fieldManager());
        KubernetesApiResponse<T> response = apis.of(object).create(object, options);
        if (response.isSuccess()) {
            return answered(object, wrote(owner, response.getObject()));
        }
        if (says(response, 409, "AlreadyExists")) {
            return lookAt(owner, object);
        }
        if (says(response, 409, "Conflict")) {
            // As two creates do that a quota counts at the same moment.
            return stale(object);
        }
        if (namespaceGone(response) || namespaceTerminating(response.getStatus())) {
            return WriteAnswer.not(new Problem.NamespaceTerminating());
        }
        return refused(object, response);
    }

    <T extends KubernetesObject> WriteAnswer apply(KubernetesObject owner, T object, String uid) {
        WriteAnswer taken = ownByApply(owner, object);
        if (taken.problem() != null) {
            return taken;
        }
        JsonObject desired = JSON.getGson().toJsonTree(object).getAsJsonObject();
        desired.getAsJsonObject("metadata").addProperty("uid", uid);
        PatchOptions options = new PatchOptions();
        options.setFieldManager(identity.fieldManager());
        options.setForce(true);
        return answered(object, patch(owner, object, V1Patch.PATCH_FORMAT_APPLY_YAML, desired.toString(), options));
    }

    /** Remembers what an admission policy has made of it. */
    private WriteAnswer answered(KubernetesObject desired, WriteAnswer written) {
        KubernetesObject answer = written.object();
        if (answer != null && !Coverage.covers(desired, answer)) {
            answers.altered(desired, answer);
        } else if (answer != null) {
            answers.asAsked(desired);
        }
        return written;
    }

    /**
     * Apply removes a field that is no longer wanted only where an apply has set it, and a create isn't an apply: so what the
     * create has set is handed over before the first apply. See <a
     * href="https://kubernetes.io/docs/reference/using-api/server-side-apply/#upgrading-from-client-side-apply-to-server-side-apply">Upgrading
     * to server-side apply</a>.
     */
    private <T extends KubernetesObject> WriteAnswer ownByApply(KubernetesObject owner, T object) {
        try {
            return ManagedFields.handOver(apis.raw(object), identity.fieldManager())
                    .map(patch -> patch(owner, object, V1Patch.PATCH_FORMAT_JSON_PATCH, patch, new PatchOptions()))
                    .orElse(WriteAnswer.taken(null));
        } catch (ApiException e) {
            if (e.getCode() == 404) {
                return stale(object);
            }
            throw new IllegalStateException("can't read " + describe(object) + ": HTTP " + e.getCode(), e);
        }
    }

    <T extends KubernetesObject> WriteAnswer patch(KubernetesObject owner, T object, String mergePatch) {
        PatchOptions options = new PatchOptions();
        options.setFieldManager(identity.fieldManager());
        return patch(owner, object, V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH, mergePatch, options);
    }

    WriteAnswer patchStatus(KubernetesObject owner, V1Job job, String mergePatch) {
        KubernetesApiResponse<V1Job> response = apis.patchStatus(job, mergePatch, identity.fieldManager());
        if (response.isSuccess()) {
            return wrote(owner, response.getObject());
        }
        if (notAsObserved(response)) {
            return stale(job);
        }
        return refused(job, response);
    }

    <T extends KubernetesObject> WriteAnswer delete(
            KubernetesObject owner, T object, Propagation propagation, boolean unchanged) {
        DeleteOptions options = new DeleteOptions();
        options.setPropagationPolicy(propagation == Propagation.FOREGROUND ? "Foreground" : "Background");
        V1ObjectMeta metadata = object.getMetadata();
        options.setPreconditions(new V1Preconditions()
                .uid(metadata.getUid())
                .resourceVersion(unchanged ? metadata.getResourceVersion() : null));
        GenericKubernetesApi<T, ?> api = apis.of(object);
        KubernetesApiResponse<T> response = object.getMetadata().getNamespace() == null
                ? api.delete(name(object), options)
                : api.delete(namespace(object), name(object), options);
        if (unchanged && says(response, 409, "Conflict")) {
            return stale(object);
        }
        if (response.isSuccess() || notAsObserved(response)) {
            // Gone or replaced is what was wanted: what is there now is not what was observed.
            expectations.deleted(Key.of(owner), object);
            return WriteAnswer.taken(null);
        }
        return refused(object, response);
    }

    /**
     * Writes an object's status where it is still the version that was read.
     *
     * @param owner of a kind that has a controller
     * @return whether it was taken; else somebody wrote at the same moment: plan again
     * @throws IllegalStateException where the API server says no, or can't be reached
     */
    public boolean updateStatus(KubernetesObject owner) {
        try {
            wrote(owner, apis.replaceStatus(owner, identity.fieldManager()).object());
            return true;
        } catch (ApiException e) {
            if (e.getCode() == 409 || e.getCode() == 404) {
                return false;
            }
            throw new IllegalStateException(
                    "can't write the status of " + describe(owner) + ": HTTP " + e.getCode() + " "
                            + e.getResponseBody(),
                    e);
        }
    }

    private <T extends KubernetesObject> WriteAnswer patch(
            KubernetesObject owner, T object, String format, String patch, PatchOptions options) {
        KubernetesApiResponse<T> response =
                apis.of(object).patch(namespace(object), name(object), format, new V1Patch(patch), options);
        if (response.isSuccess()) {
            return wrote(owner, response.getObject());
        }
        if (notAsObserved(response)) {
            return stale(object);
        }
        return refused(object, response);
    }

    private WriteAnswer wrote(KubernetesObject owner, KubernetesObject answered) {
        expectations.wrote(Key.of(owner), answered);
        return WriteAnswer.taken(answered);
    }

    /** There is one already: ours, which the cache doesn't show yet, or somebody else's. */
    private <T extends KubernetesObject> WriteAnswer lookAt(KubernetesObject owner, T wanted) {
        GenericKubernetesApi<T, ?> api = apis.of(wanted);
        KubernetesApiResponse<T> response = wanted.getMetadata().getNamespace() == null
                ? api.get(name(wanted))
                : api.get(namespace(wanted), name(wanted));
        if (response.getHttpStatusCode() == 404) {
            return WriteAnswer.not(new Problem.Stale(describe(wanted) + " was there and is gone"));
        }
        if (!response.isSuccess()) {
            throw unreachable("read " + describe(wanted), response);
        }
        T found = response.getObject();
        return switch (belonging.of(found, owner)) {
            case OWNER -> {
                expectations.wrote(Key.of(owner), found);
                yield WriteAnswer.not(new Problem.Stale(describe(wanted) + " is there already"));
            }
            case OWNER_UNLABELLED -> labelAgain(owner, found, wanted);
            case OTHER -> WriteAnswer.not(new Problem.Refusal(Setback.Cause.CONFLICT, describe(wanted), ""));
        };
    }

    /** Somebody has taken away the label by which the caches find it. What is in it may not be what would be made now. */
    private <T extends KubernetesObject> WriteAnswer labelAgain(KubernetesObject owner, T found, T wanted) {
        Map<String, String> labels = wanted.getMetadata().getLabels();
        Action.PatchMetadata patch =
                new Action.PatchMetadata(found, null, labels == null ? Map.of() : labels, Map.of());
        WriteAnswer written = patch(owner, found, MetadataPatch.of(patch));
        return written.problem() != null
                ? written
                : WriteAnswer.not(new Problem.Stale(describe(found) + " had lost its label, and has it again"));
    }

    private static WriteAnswer stale(KubernetesObject object) {
        return WriteAnswer.not(new Problem.Stale(describe(object) + " is not what the cache showed"));
    }

    private static WriteAnswer refused(KubernetesObject object, KubernetesApiResponse<?> response) {
        int code = response.getHttpStatusCode();
        V1Status status = response.getStatus();
        if (says(response, 401, "Unauthorized") || status == null) {
            throw unreachable("write " + describe(object), response);
        }
        // 500 is what it answers where an admission webhook can't be asked: it is there, and takes other writes.
        return WriteAnswer.not(new Problem.Refusal(
                code == 429 || code >= 500 ? Setback.Cause.FAILED : Setback.Cause.REFUSED,
                describe(object),
                String.valueOf(status.getMessage())));
    }

    private static IllegalStateException unreachable(String what, KubernetesApiResponse<?> response) {
        V1Status status = response.getStatus();
        return new IllegalStateException("can't " + what + ": HTTP " + response.getHttpStatusCode() + " "
                + (status == null ? "" : status.getMessage()));
    }

    /** An admission webhook may refuse with any code: the API server's own reasons decide what it is. */
    private static boolean says(KubernetesApiResponse<?> response, int code, String reason) {
        V1Status status = response.getStatus();
        return response.getHttpStatusCode() == code && status != null && reason.equals(status.getReason());
    }

    private static boolean namespaceGone(KubernetesApiResponse<?> response) {
        V1Status status = response.getStatus();
        return says(response, 404, "NotFound")
                && status != null
                && status.getDetails() != null
                && "namespaces".equals(status.getDetails().getKind());
    }

    private static boolean notAsObserved(KubernetesApiResponse<?> response) {
        return says(response, 409, "Conflict") || says(response, 404, "NotFound");
    }

    private static boolean namespaceTerminating(@Nullable V1Status status) {
        return status != null
                && status.getDetails() != null
                && status.getDetails().getCauses() != null
                && status.getDetails().getCauses().stream()
                        .map(V1StatusCause::getReason)
                        .anyMatch("NamespaceTerminating"::equals);
    }

    private static String describe(KubernetesObject object) {
        return object.getClass().getSimpleName().replaceFirst("^V1", "").toLowerCase(Locale.ROOT) + "/" + name(object);
    }

    private static String namespace(KubernetesObject object) {
        return String.valueOf(object.getMetadata().getNamespace());
    }

    private static String name(KubernetesObject object) {
        return String.valueOf(object.getMetadata().getName());
    }
}
