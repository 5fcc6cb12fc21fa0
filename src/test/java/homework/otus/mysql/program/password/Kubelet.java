package homework.otus.mysql.program.password;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import homework.otus.mysql.program.password.MountedSecret.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;

/** Mounts versions of a Secret as the kubelet does: one at each pause of who waits for it, in a time of its own. */
final class Kubelet {
    private final Path directory;
    private final AtomicLong nanoTime = new AtomicLong();
    private final Queue<Optional<Version>> coming = new ArrayDeque<>();
    private int versions;

    Kubelet(Path directory) {
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    /** @param versions null for a pause in which nothing comes */
    void laterMount(Version... versions) {
        Arrays.stream(versions).map(Optional::ofNullable).forEach(coming::add);
    }

    Patience patience(int seconds) {
        return new Patience(Duration.ofSeconds(seconds), nanoTime::get, this::pause);
    }

    Duration waited() {
        return Duration.ofNanos(nanoTime.get());
    }

    private void pause(long millis) {
        nanoTime.addAndGet(Duration.ofMillis(millis).toNanos());
        Optional.ofNullable(coming.poll()).flatMap(version -> version).ifPresent(version -> {
            try {
                mount(version);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    void mount(Version version) throws IOException {
        Path data = directory.resolve("..data");
        Path before = Files.exists(data) ? data.toRealPath() : null;
        Path folder = Files.createDirectory(directory.resolve("..2026_" + versions++));
        write(folder, version);
        Path link = Files.createSymbolicLink(directory.resolve("..data_tmp"), folder.getFileName());
        Files.move(link, data, ATOMIC_MOVE, REPLACE_EXISTING);
        if (before != null) {
            for (Path file : Files.list(before).toList()) {
                Files.delete(file);
            }
            Files.delete(before);
        }
    }

    static void write(Path folder, Version version) throws IOException {
        Files.writeString(folder.resolve("password"), version.present().text());
        Files.writeString(
                folder.resolve("revision"), Long.toString(version.present().revision()));
        Files.writeString(folder.resolve("operator-password"), version.others().operator());
        Files.writeString(
                folder.resolve("application-password"), version.others().application());
        Files.writeString(folder.resolve("accounts.sql"), version.others().accounts());
        if (version.next() != null) {
            Files.writeString(folder.resolve("next-password"), version.next().text());
            Files.writeString(
                    folder.resolve("next-revision"),
                    Long.toString(version.next().revision()));
        }
    }
}
