package homework.otus.mysql.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The cluster that the tests run on: the one {@code KUBECONFIG} names, else the one {@code make cluster} brought up.
 *
 * @param kubectlProgram the program to call, a path or a name to look up in {@code PATH}
 */
public record Cluster(Path kubeconfig, String kubectlProgram) {

    private static final Path TESTBED = Path.of(".testbed").toAbsolutePath();

    public static Cluster current() {
        var given = System.getenv("KUBECONFIG");
        var kubeconfig = given == null || given.isBlank() ? TESTBED.resolve("kubeconfig") : Path.of(given);
        if (!Files.isReadable(kubeconfig)) {
            throw new IllegalStateException("no cluster: " + kubeconfig + " is not there; run `make cluster` first");
        }
        var kubectl = TESTBED.resolve("bin/kubectl");
        return new Cluster(kubeconfig.toAbsolutePath(), Files.isExecutable(kubectl) ? kubectl.toString() : "kubectl");
    }

    /** {@code kubectl} in the namespace that the kubeconfig names. */
    public Kubectl kubectl(String... globalOptions) {
        return new Kubectl(this, globalOptions);
    }
}
