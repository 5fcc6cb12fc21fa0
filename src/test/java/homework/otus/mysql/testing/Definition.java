package homework.otus.mysql.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** The checkout's definition of the MySQL resource on the cluster. */
public final class Definition {
    private static boolean installed;

    private Definition() {}

    /** Once for all tests, however many begin side by side: kubectl apply loses the race for an object that is new. */
    public static synchronized void install() {
        if (installed) {
            return;
        }
        Kubectl kubectl = Cluster.current().kubectl();
        kubectl.run("apply", "--kustomize=kustomize/base/crd").orFail();
        // kubectl doesn't wait but fails where a definition is so new that it has no conditions at all.
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> kubectl.run(
                                "wait", "--for=condition=Established", "crd/mysqls.otus.homework", "--timeout=30s")
                        .orFail());
        installed = true;
    }
}
