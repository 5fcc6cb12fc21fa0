package homework.otus.mysql.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A terminal in which a user types commands word for word: bash in the project's folder, whose kubectl is set to a
 * namespace of its own. The variable {@code MYSQLPOD} keeps from command to command.
 */
public final class Shell implements BeforeAllCallback, AfterAllCallback {
    private static final long TIMEOUT_MINUTES = 5;
    private static final String REMEMBERING = "source \"$VARIABLES\"; eval \"$COMMAND\"; status=$?;"
            + " declare -p MYSQLPOD >\"$VARIABLES\" 2>/dev/null; exit $status";

    private final ThrowawayNamespace namespace = new ThrowawayNamespace();
    private Path kubeconfig = Path.of("");
    private Path variables = Path.of("");

    /** What a command printed on both its outputs, as a terminal shows them. */
    public record Screen(String command, int exitCode, String text) {
        public String orFail() {
            if (exitCode != 0) {
                throw new AssertionError("$ %s%n%s%nexited with %d".formatted(command, text, exitCode));
            }
            return text;
        }
    }

    public Screen type(String command) {
        try {
            Path screen = Files.createTempFile("screen", ".txt");
            try {
                ProcessBuilder bash = new ProcessBuilder("bash", "-c", REMEMBERING)
                        .redirectErrorStream(true)
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(screen.toFile());
                Map<String, String> environment = bash.environment();
                environment.put("COMMAND", command);
                environment.put("VARIABLES", variables.toString());
                environment.put("KUBECONFIG", kubeconfig.toString());
                Path kubectl = Path.of(Cluster.current().kubectlProgram());
                if (kubectl.getParent() != null) {
                    environment.merge("PATH", kubectl.getParent().toString(), (path, own) -> own + ":" + path);
                }
                Process process = bash.start();
                if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                    throw new AssertionError("$ %s%n%s%nis still running after %d min"
                            .formatted(command, Files.readString(screen), TIMEOUT_MINUTES));
                }
                return new Screen(command, process.exitValue(), Files.readString(screen));
            } finally {
                Files.delete(screen);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted: " + command, e);
        }
    }

    public String namespace() {
        return namespace.name();
    }

    /** {@code kubectl} in the same namespace. */
    public Kubectl kubectl() {
        return namespace.kubectl();
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        namespace.beforeAll(context);
        kubeconfig = Files.createTempFile("kubeconfig", "");
        variables = Files.createTempFile("variables", ".sh");
        Files.writeString(kubeconfig, Files.readString(Cluster.current().kubeconfig()));
        type("kubectl config set-context --current --namespace=" + namespace.name())
                .orFail();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        namespace.afterAll(context);
        Files.delete(kubeconfig);
        Files.delete(variables);
    }
}
