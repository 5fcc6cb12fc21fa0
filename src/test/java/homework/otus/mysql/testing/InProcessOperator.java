package homework.otus.mysql.testing;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The whole operator with all its real parts inside of the test's JVM, serving one namespace.
 *
 * <p>Each has a lease of its own, so that the next one need not wait until a killed one's has run out: that is another
 * test's matter.
 */
public final class InProcessOperator implements AutoCloseable {
    public static final String IMAGE = "docker.io/otushomework/mysql-operator:0.1.0";

    private final Wiretap wiretap;
    private final ApplicationContext context;

    private InProcessOperator(Wiretap wiretap, ApplicationContext context) {
        this.wiretap = wiretap;
        this.context = context;
    }

    /**
     * @param configuration more of it
     * @param wiretap a new one, set up as the test needs it from the operator's first call on
     */
    /** One that nobody disturbs. */
    public static InProcessOperator start(String namespace, Map<String, Object> configuration) {
        return start(namespace, configuration, new Wiretap(() -> false));
    }

    static InProcessOperator start(String namespace, Map<String, Object> configuration, Wiretap wiretap) {
        ApplicationContext context = ApplicationContext.builder()
                .deduceEnvironment(false)
                .banner(false)
                .singletons(wiretap)
                .properties(Map.ofEntries(
                        Map.entry(InProcessBeans.PROPERTY, true),
                        Map.entry("micronaut.server.port", -1),
                        Map.entry(
                                "kubernetes.client.kube-config-path",
                                Cluster.current().kubeconfig().toString()),
                        Map.entry("operator.image", IMAGE),
                        Map.entry("operator.namespace", namespace),
                        Map.entry("operator.watch-namespaces", namespace),
                        Map.entry("operator.lease.name", "operator-" + UUID.randomUUID()),
                        // Long enough for a machine that stands still for a while.
                        Map.entry("operator.lease.duration", "60s"),
                        Map.entry("operator.lease.renew-deadline", "40s"),
                        Map.entry("operator.shutdown-timeout", "5s")))
                .properties(configuration)
                .start();
        context.getBean(EmbeddedServer.class).start();
        return new InProcessOperator(wiretap, context);
    }

    /** All its calls so far, in the order of their answers. */
    public List<ApiCall> calls() {
        return wiretap.calls();
    }

    public boolean isDead() {
        return wiretap.isCut();
    }

    void awaitDeath() throws InterruptedException {
        wiretap.awaitCut();
    }

    /** Stops it in order; of one that is dead, takes away the remains. */
    @Override
    public void close() {
        context.close();
    }
}
