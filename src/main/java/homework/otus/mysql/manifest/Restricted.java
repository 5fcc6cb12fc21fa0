package homework.otus.mysql.manifest;

import io.kubernetes.client.openapi.models.V1Capabilities;
import io.kubernetes.client.openapi.models.V1PodSecurityContext;
import io.kubernetes.client.openapi.models.V1SeccompProfile;
import io.kubernetes.client.openapi.models.V1SecurityContext;

/**
 * What Pod Security {@code restricted} asks for, and a read-only root.
 *
 * <p>See <a href="https://kubernetes.io/docs/concepts/security/pod-security-standards/">Pod Security Standards</a>.
 */
final class Restricted {
    /** The uid of {@code mysql} in the usual images; the Jobs take it too, so that they may read what mysqld wrote. */
    static final long MYSQL_UID = 999;

    private Restricted() {}

    static V1PodSecurityContext pod() {
        return new V1PodSecurityContext()
                .runAsNonRoot(true)
                .runAsUser(MYSQL_UID)
                .runAsGroup(MYSQL_UID)
                .fsGroup(MYSQL_UID)
                .fsGroupChangePolicy("OnRootMismatch")
                .seccompProfile(new V1SeccompProfile().type("RuntimeDefault"));
    }

    static V1SecurityContext container() {
        return new V1SecurityContext()
                .allowPrivilegeEscalation(false)
                .readOnlyRootFilesystem(true)
                .capabilities(new V1Capabilities().addDropItem("ALL"));
    }
}
