package homework.otus.mysql.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The test cluster's node as root sees it from outside: the processes of Pods, and the file systems of volumes. Only on
 * the cluster that {@code make cluster} brings up, which shares them with this machine.
 */
public final class Node {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private Node() {}

    /** Where the file system of a claim's volume is mounted; waits until it is. */
    public static Path volume(Kubectl kubectl, String claim) {
        kubectl.run("wait", "pvc/" + claim, "--for=jsonpath={.status.phase}=Bound", "--timeout=120s")
                .orFail();
        String volume = kubectl.run("get", "pvc", claim, "--output=jsonpath={.spec.volumeName}")
                .orFail();
        return Path.of(kubectl.run("get", "pv", volume, "--output=jsonpath={.spec.local.path}")
                .orFail());
    }

    /** The process of a Pod whose command line contains {@code command}; waits until there is one. */
    public static ProcessHandle awaitProcess(String podUid, String command) {
        return await("a process \"" + command + "\" of Pod " + podUid)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> process(podUid, command), Optional::isPresent)
                .orElseThrow();
    }

    public static Optional<ProcessHandle> process(String podUid, String command) {
        return processes(podUid).stream()
                .filter(process -> commandLine(process).contains(command))
                .findFirst();
    }

    /** The processes in all containers of a Pod, and its sandbox's. */
    public static List<ProcessHandle> processes(String podUid) {
        return ProcessHandle.allProcesses()
                .filter(process -> file(process, "cgroup").contains(podUid)
                        && !commandLine(process).isEmpty())
                .toList();
    }

    /** The arguments, separated by spaces; empty for a process that has ended. */
    public static String commandLine(ProcessHandle process) {
        return file(process, "cmdline").replace('\0', ' ');
    }

    /** The variables a process was started with, a line each. */
    public static String environment(ProcessHandle process) {
        return file(process, "environ").replace('\0', '\n');
    }

    private static String file(ProcessHandle process, String name) {
        try {
            return new String(
                    Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), name)), StandardCharsets.UTF_8);
        } catch (IOException ended) {
            return "";
        }
    }

    /** SIGKILL, and waits for the end. */
    public static void kill(ProcessHandle process) {
        process.destroyForcibly();
        await("the end of process " + process.pid())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> commandLine(process).isEmpty());
    }

    /** @param signal such as {@code STOP} */
    public static void signal(ProcessHandle process, String signal) {
        run("kill", "-" + signal, Long.toString(process.pid()));
    }

    /** Writes until the file system takes no more byte. */
    public static Path fill(Path fileSystem) {
        Path file = fileSystem.resolve("ballast");
        // Ends with "No space left on device", which is what is wanted.
        for (String block : List.of("1M", "4K")) {
            run("sh", "-c", "dd if=/dev/zero bs=" + block + " status=none >>'" + file + "' || test $? = 1");
        }
        return file;
    }

    /** Writes what no compression makes smaller. */
    public static void write(Path file, int mebibytes) {
        run("dd", "if=/dev/urandom", "of=" + file, "bs=1M", "count=" + mebibytes, "status=none");
    }

    /** A line for each file below a folder, with its hash and its name. */
    public static String digest(Path folder) {
        return run("sh", "-c", "cd '" + folder + "' && find . -type f -exec sha256sum {} + | sort --key=2");
    }

    /** The names of the files below a folder that hold the text, a line each. */
    public static String filesWith(String text, Path folder) {
        return run(
                "sh",
                "-c",
                "grep --recursive --files-with-matches --fixed-strings '" + text + "' '" + folder + "' || test $? = 1");
    }

    /** Gives an image that the node has another name. */
    public static void tagImage(String image, String other) {
        images("tag", "--force", image, other);
    }

    /** Gives an image that the node has the name that its digest makes, and returns that. */
    public static String pinImage(String image) {
        String repository = image.substring(0, image.lastIndexOf(':'));
        String digest = images("list", "name==" + image)
                .lines()
                .filter(line -> line.startsWith(image + " "))
                .map(line -> line.split(" +")[2])
                .findFirst()
                .orElseThrow();
        tagImage(image, repository + "@" + digest);
        return repository + "@" + digest;
    }

    private static String images(String... command) {
        try {
            Path slot = Path.of(".testbed/netns").toRealPath().getParent();
            Stream<String> ctr =
                    Stream.of("ctr", "--address=" + slot.resolve("containerd.sock"), "--namespace=k8s.io", "images");
            return run(Stream.concat(ctr, Stream.of(command)).toArray(String[]::new));
        } catch (IOException e) {
            throw new AssertionError("no node: these tests need the cluster of `make cluster`", e);
        }
    }

    /** @param how such as {@code ro} */
    public static void remount(Path fileSystem, String how) {
        run("mount", "--options", "remount," + how, fileSystem.toString());
    }

    /** Waits until a folder holds a file whose name begins so, and returns it. */
    public static Path awaitFile(Path folder, String prefix) {
        try {
            return await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .pollDelay(Duration.ZERO)
                    .until(() -> find(folder, prefix), Optional::isPresent)
                    .orElseThrow();
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("no " + prefix + "… in " + folder, e);
        }
    }

    private static Optional<Path> find(Path folder, String prefix) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .findFirst();
        } catch (NoSuchFileException notYet) {
            return Optional.empty();
        }
    }

    private static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new AssertionError(String.join(" ", command), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
