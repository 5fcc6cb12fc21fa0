package homework.otus.mysql.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Calls {@code kubectl} as a user does, with the same options before each command. */
public final class Kubectl {

    private static final long TIMEOUT_MINUTES = 5;

    static {
        // A look is a process: ten a second, which is the default, would leave the cluster half a processor.
        Awaitility.setDefaultPollInterval(Duration.ofMillis(500));
    }

    private final Cluster cluster;
    private final List<String> globalOptions;

    Kubectl(Cluster cluster, String... globalOptions) {
        this.cluster = cluster;
        this.globalOptions = List.of(globalOptions);
    }

    /** What a command printed, and how it ended. */
    public record Outcome(List<String> command, int exitCode, String output, String errors) {

        /** The output of a command that has to succeed; fails the test with everything it said otherwise. */
        public String orFail() {
            if (exitCode != 0) {
                throw new AssertionError(
                        "%s exited with %d%n%s%s".formatted(String.join(" ", command), exitCode, output, errors));
            }
            return output;
        }
    }

    public Outcome run(String... arguments) {
        return runWithInput("", arguments);
    }

    /** Runs a command that reads {@code input}, which is what {@code -f -} means. */
    public Outcome runWithInput(String input, String... arguments) {
        var command = new ArrayList<String>();
        command.add(cluster.kubectlProgram());
        command.addAll(globalOptions);
        command.addAll(List.of(arguments));
        try {
            return run(command, input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted: " + command, e);
        }
    }

    private Outcome run(List<String> command, String input) throws IOException, InterruptedException {
        // Files, because a process blocks on a pipe that nobody empties.
        Path in = Files.createTempFile("kubectl", ".in");
        Path out = Files.createTempFile("kubectl", ".out");
        Path err = Files.createTempFile("kubectl", ".err");
        try {
            Files.writeString(in, input);
            var builder = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().put("KUBECONFIG", cluster.kubeconfig().toString());
            // It ends before it has used the memory that collecting garbage would save.
            builder.environment().put("GOGC", "off");
            Process process = builder.start();
            if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("%s is still running after %d min%n%s%s"
                        .formatted(command, TIMEOUT_MINUTES, Files.readString(out), Files.readString(err)));
            }
            return new Outcome(command, process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(in);
            Files.delete(out);
            Files.delete(err);
        }
    }
}
