package homework.otus.mysql.testing;

import static homework.otus.mysql.testing.AdmissionPolicy.add;
import static homework.otus.mysql.testing.AdmissionPolicy.replace;

/**
 * Adds a container to every Pod of a namespace, as a service mesh does, that never ends by itself: in a Job's Pod not even
 * when it is asked to, in the server's with an error.
 */
public final class Mesh implements AutoCloseable {
    /** The container's name. */
    public static final String CONTAINER = "proxy";

    private static final String OF_SERVER = "object.metadata.labels['app.kubernetes.io/component'] == 'server'";

    private final AdmissionPolicy policy;

    private Mesh(AdmissionPolicy policy) {
        this.policy = policy;
    }

    /** In force when it returns. */
    public static Mesh in(String namespace) {
        return new Mesh(AdmissionPolicy.in(namespace)
                .mutateNew("/pods", OF_SERVER, proxy("['sh', '-c', \"trap 'exit 1' TERM; while :; do sleep 1; done\"]"))
                .mutateNew(
                        "/pods",
                        "!(" + OF_SERVER + ")",
                        proxy("['sleep', 'infinity']"),
                        replace("/spec/terminationGracePeriodSeconds", "5"))
                .enforce());
    }

    @Override
    public void close() {
        policy.close();
    }

    private static String proxy(String command) {
        return add("/spec/containers/-", """
                Object.spec.containers{
                  name: '%s',
                  image: 'mysql:9.7',
                  command: %s,
                  resources: Object.spec.containers.resources{limits: {'memory': '32Mi'}},
                  securityContext: Object.spec.containers.securityContext{
                    allowPrivilegeEscalation: false,
                    capabilities: Object.spec.containers.securityContext.capabilities{drop: ['ALL']}}}
                """.formatted(CONTAINER, command));
    }
}
