package homework.otus.mysql.program.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import homework.otus.mysql.program.JobFailure;
import homework.otus.mysql.program.JobResult;
import homework.otus.mysql.program.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;

/** A data volume, a backup volume and a second data volume to restore to, with the Jobs that work on them. */
final class Volumes {
    static final String NAME = "mysql-instance";
    static final String NAMESPACE = "default";
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    final Path data;
    final Path backups;
    final Path restored;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    final Progress progress = new Progress(new PrintStream(printed, true, UTF_8), System::nanoTime);
    Disk disk = new RealDisk();
    Instant now = NOON;
    String id = "id-1";
    int keep = 3;
    HasServed served = HasServed.YES;
    boolean restoredServed;
    public String claim;
    String server = "9.7.4";

    Volumes(Path root) throws IOException {
        data = Files.createDirectories(root.resolve("data"));
        backups = Files.createDirectories(root.resolve("backups"));
        restored = Files.createDirectories(root.resolve("restored"));
    }

    /** As a data directory looks, but small. */
    Volumes withDataDirectory() throws IOException {
        Random random = new Random(1);
        write("auto.cnf", "[auto]\nserver-uuid=1\n".getBytes(UTF_8));
        write("ibdata1", random(random, 20_000));
        write("#innodb_redo/#ib_redo0", random(random, 5_000));
        write("binlog.000001", random(random, 300));
        write("otus@002ddatabase/test.ibd", new byte[40_960]);
        write("empty.ibd", new byte[0]);
        Files.createDirectories(directory().resolve("performance_schema"));
        Files.writeString(data.resolve("server-version"), "/usr/sbin/mysqld  Ver 9.7.4 for Linux on x86_64 (MySQL)\n");
        return this;
    }

    static byte[] random(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    Path directory() {
        return data.resolve("mysql");
    }

    Path write(String name, byte[] content) throws IOException {
        Path file = directory().resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    JobResult backup() throws JobFailure {
        BackupRequest request = new BackupRequest(
                data,
                backups,
                id,
                NAMESPACE,
                NAME,
                id,
                claim == null ? "claim-" + id : claim,
                "mysql:9.7.4",
                served,
                keep);
        return new Backup(request, disk, progress, Clock.fixed(now, ZoneOffset.UTC)).run();
    }

    /** The data came from that archive. */
    void restoredFrom(String directory) throws IOException, JobFailure {
        Manifest manifest = new ArchiveDirectory(backups.resolve(directory)).manifest();
        Files.writeString(new DataVolume(data).marker(), manifest.archive().toJson() + "\n");
    }

    /** The data came from no archive. */
    void restoredFromNone() throws IOException {
        Files.deleteIfExists(new DataVolume(data).marker());
    }

    /** Another life of the MySQL object, restored from the newest archive: other content, another uid, an hour later. */
    JobResult backupOfNextLife() throws JobFailure, IOException {
        return backupOfNextLife(20_000);
    }

    /** Its archive has a little more than {@code size} bytes. */
    JobResult backupOfNextLife(int size) throws JobFailure, IOException {
        int life = Integer.parseInt(id.substring(3)) + 1;
        id = "id-" + life;
        now = now.plusSeconds(3600);
        if (!complete().isEmpty()) {
            restoredFrom(complete().get(0));
        }
        write("ibdata1", random(new Random(life), size));
        return backup();
    }

    JobResult restore() throws JobFailure {
        return restore(null);
    }

    JobResult restore(String recorded) throws JobFailure {
        RestoreRequest request = new RestoreRequest(restored, backups, NAMESPACE, NAME, restoredServed, null, recorded);
        return new Restore(request, server, disk, progress).run();
    }

    Path archive(JobResult result) {
        return backups.resolve(result.archive().directory());
    }

    List<String> complete() throws IOException {
        return Archives.list(backups).stream()
                .filter(Archives.Complete.class::isInstance)
                .map(Archives.Listed::directory)
                .toList();
    }

    String printed() {
        return printed.toString(UTF_8);
    }

    static List<String> names(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
