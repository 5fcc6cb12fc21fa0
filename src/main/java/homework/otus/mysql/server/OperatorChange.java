package homework.otus.mysql.server;

import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.Ownership;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.ServerVariant;
import homework.otus.mysql.step.Action;
import homework.otus.mysql.step.Advance;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Deployment that an earlier operator made otherwise, of the same that the user asks for. All databases have theirs at
 * once, and so would be down at once.
 */
final class OperatorChange {
    private OperatorChange() {}

    /** Whether a server that serves would be started anew for nothing else. */
    static boolean only(Observed observed, V1Deployment desired, ServerVariant variant, boolean changesPassword) {
        V1Deployment actual = observed.server().object();
        if (actual == null || !observed.server().serves()) {
            return false;
        }
        Map<String, String> wanted = Ownership.annotations(desired.getMetadata());
        Map<String, String> found = Ownership.annotations(actual.getMetadata());
        String knows = credentials(actual);
        String asked = asked(observed, actual);
        return !Objects.equals(found.get(Labels.DIGEST), wanted.get(Labels.DIGEST))
                && (asked == null || asked.equals(wanted.get(Labels.ASKED)))
                && variant.equals(observed.server().variant())
                // A server that doesn't know the credentials can't be given another password.
                && (knows == null ? !changesPassword : knows.equals(credentials(desired)));
    }

    /**
     * From now on it can be told when the user asks for something else. Not on the Deployment: on any update of it an
     * admission policy may alter the template.
     */
    static Advance record(Observed observed, V1Deployment actual, V1Deployment desired) {
        V1PersistentVolumeClaim claim = observed.data().object();
        String asked = Ownership.annotations(desired.getMetadata()).get(Labels.ASKED);
        return claim != null && asked != null && asked(observed, actual) == null
                ? Advance.of(Serving.SERVED, Action.PatchMetadata.annotate(claim, Labels.ASKED, asked))
                : Advance.NONE;
    }

    /** Null where nobody recorded what the user asked for. */
    private static @Nullable String asked(Observed observed, V1Deployment actual) {
        String asked = Ownership.annotations(actual.getMetadata()).get(Labels.ASKED);
        V1PersistentVolumeClaim claim = observed.data().object();
        return asked != null || claim == null
                ? asked
                : Ownership.annotations(claim.getMetadata()).get(Labels.ASKED);
    }

    /** Those that the server was started with; null where an operator of before the operator's account made it. */
    private static @Nullable String credentials(V1Deployment deployment) {
        V1PodTemplateSpec template =
                deployment.getSpec() == null ? null : deployment.getSpec().getTemplate();
        return template == null
                ? null
                : Ownership.annotations(template.getMetadata()).get(Labels.CREDENTIALS);
    }
}
