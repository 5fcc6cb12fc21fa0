package homework.otus.mysql.program.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A small file system of its own over a directory, so that it can really be full. Needs root. */
final class Tmpfs implements AutoCloseable {
    private final Path directory;

    /** @param size as mount takes it, as in {@code 100k} */
    Tmpfs(Path directory, String size) throws Exception {
        this.directory = directory;
        run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", directory.toString());
    }

    void resize(String size) throws Exception {
        run("mount", "-o", "remount,size=" + size, directory.toString());
    }

    void makeReadOnly() throws Exception {
        run("mount", "-o", "remount,ro", directory.toString());
    }

    @Override
    public void close() throws Exception {
        run("umount", directory.toString());
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as("%s (needs root): %s", String.join(" ", command), output)
                .isZero();
    }
}
