package homework.otus.mysql.child;

import homework.otus.mysql.api.MySQLSpec;
import io.kubernetes.client.openapi.models.V1PodSpec;

/** Where a database's Pods run and as whom, as the user asks for it: the server's and the Jobs' alike. */
public final class Placement {
    private Placement() {}

    public static V1PodSpec place(V1PodSpec pod, MySQLSpec spec) {
        return pod.nodeSelector(spec.getNodeSelector())
                .tolerations(spec.getTolerations())
                .priorityClassName(spec.getPriorityClassName())
                .imagePullSecrets(spec.getImagePullSecrets())
                .securityContext(Restricted.pod(spec.getPodSecurityContext()));
    }
}
