package homework.otus.mysql.child;

import static java.util.Objects.requireNonNullElse;

import io.kubernetes.client.openapi.models.V1Capabilities;
import io.kubernetes.client.openapi.models.V1PodSecurityContext;
import io.kubernetes.client.openapi.models.V1SeccompProfile;
import io.kubernetes.client.openapi.models.V1SecurityContext;
import org.jspecify.annotations.Nullable;

/**
 * What Pod Security {@code restricted} asks for, and a read-only root.
 *
 * <p>See <a href="https://kubernetes.io/docs/concepts/security/pod-security-standards/">Pod Security Standards</a>.
 */
public final class Restricted {
    /** The uid of {@code mysql} in the usual images; the Jobs take it too, so that they may read what mysqld wrote. */
    static final long MYSQL_UID = 999;

    private Restricted() {}

    /** @param asked what the user sets differently, or null */
    public static V1PodSecurityContext pod(@Nullable V1PodSecurityContext asked) {
        V1PodSecurityContext given = asked == null ? new V1PodSecurityContext() : asked;
        return new V1PodSecurityContext()
                .runAsNonRoot(requireNonNullElse(given.getRunAsNonRoot(), true))
                .runAsUser(requireNonNullElse(given.getRunAsUser(), MYSQL_UID))
                .runAsGroup(requireNonNullElse(given.getRunAsGroup(), MYSQL_UID))
                .fsGroup(requireNonNullElse(given.getFsGroup(), MYSQL_UID))
                .fsGroupChangePolicy(requireNonNullElse(given.getFsGroupChangePolicy(), "OnRootMismatch"))
                .supplementalGroups(given.getSupplementalGroups())
                .seLinuxOptions(given.getSeLinuxOptions())
                .seccompProfile(
                        requireNonNullElse(given.getSeccompProfile(), new V1SeccompProfile().type("RuntimeDefault")));
    }

    public static V1SecurityContext container() {
        return new V1SecurityContext()
                .allowPrivilegeEscalation(false)
                .readOnlyRootFilesystem(true)
                .capabilities(new V1Capabilities().addDropItem("ALL"));
    }
}
