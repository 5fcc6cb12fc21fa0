package homework.otus.mysql.program.archive;

import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobOutcome;
import homework.otus.mysql.program.JobResult;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Jobs as processes of their own. */
class JobProcessTest {
    private Volumes volumes;
    private Path root;
    private Path log;

    @BeforeEach
    void prepare(@TempDir Path directory) throws IOException {
        root = directory;
        volumes = new Volumes(root).withDataDirectory();
        log = root.resolve("termination-log");
    }

    private Process startBackup(String... options) throws IOException {
        return ChildJvm.start(
                BackupJob.class,
                root.resolve("output"),
                List.of(options),
                "--data=" + volumes.data,
                "--backups=" + volumes.backups,
                "--id=id-1",
                "--name=" + Volumes.NAME,
                "--namespace=" + Volumes.NAMESPACE,
                "--mysql-uid=id-1",
                "--data-claim-uid=claim-id-1",
                "--server-image=mysql:9.7.4",
                "--served=yes",
                "--keep=3",
                "--termination-log=" + log);
    }

    private Process startRestore(String... options) throws IOException {
        return ChildJvm.start(
                RestoreJob.class,
                root.resolve("output"),
                List.of(options),
                "--data=" + volumes.restored,
                "--backups=" + volumes.backups,
                "--name=" + Volumes.NAME,
                "--namespace=" + Volumes.NAMESPACE,
                "--served=no",
                "--server-version-file=" + volumes.data.resolve("server-version"),
                "--termination-log=" + log);
    }

    private JobResult result(Process process, int status) throws Exception {
        assertThat(process.waitFor())
                .as(Files.readString(root.resolve("output")))
                .isEqualTo(status);
        List<String> printed = Files.readAllLines(root.resolve("output"));
        assertThat(Files.readString(log)).isEqualTo(printed.get(printed.size() - 1) + "\n");
        return JobResult.parse(Files.readString(log));
    }

    @Test
    void backUpAndRestore() throws Exception {
        JobResult backup = result(startBackup(), 0);
        assertThat(backup.outcome()).isEqualTo(JobOutcome.Complete);

        JobResult restore = result(startRestore(), 0);
        assertThat(restore.outcome()).isEqualTo(JobOutcome.Restored);
        assertThat(restore.archive()).isEqualTo(backup.archive());
        assertThat(Tree.of(volumes.restored.resolve("mysql"))).isEqualTo(Tree.of(volumes.directory()));
    }

    @Test
    void exitWithOneAfterAFailure() throws Exception {
        Files.createSymbolicLink(volumes.directory().resolve("link"), root);

        assertThat(result(startBackup(), 1).reason()).isEqualTo(FailureReason.UnsupportedFile);
    }

    @Test
    void keepNamesThatTheirLocaleCannotRead() throws Exception {
        Files.write(new EntryName("table-\u00e4\u00ff").in(volumes.directory()), new byte[1]);

        result(startBackup(), 0);
        result(startRestore(), 0);

        assertThat(Tree.of(volumes.restored.resolve("mysql"))).isEqualTo(Tree.of(volumes.directory()));
    }

    @Test
    void needLittleMemoryForAnyAmountOfData() throws Exception {
        try (RandomAccessFile file =
                new RandomAccessFile(volumes.write("large", new byte[1]).toFile(), "rw")) {
            file.seek(150_000_000);
            file.write(Volumes.random(new Random(7), 10_000_000));
        }
        for (int i = 0; i < 1_000; i++) {
            volumes.write("many/" + "table".repeat(20) + i, new byte[0]);
        }

        result(startBackup("-Xmx24m"), 0);
        JobResult restore = result(startRestore("-Xmx24m"), 0);

        assertThat(restore.archive().files()).isEqualTo(1_007);
        assertThat(volumes.restored.resolve("mysql/large"))
                .hasSameBinaryContentAs(volumes.directory().resolve("large"));
    }

    private interface Moment {
        boolean hasCome() throws IOException;
    }

    /** A SIGKILL as soon as the moment has come; the Job may have been faster. */
    private static void kill(Process process, Moment moment) throws Exception {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(1))
                .pollDelay(Duration.ZERO)
                .atMost(Duration.ofMinutes(1))
                .until(() -> moment.hasCome() || !process.isAlive());
        process.destroyForcibly().waitFor();
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : -1;
    }

    @Test
    void backUpAfterBeingKilledAtAnyMoment() throws Exception {
        volumes.write("ibdata1", Volumes.random(new Random(8), 30_000_000));
        for (long bytes : new long[] {0, 1, 10_000_000, 20_000_000, 30_000_000}) {
            kill(startBackup(), () -> size(partial().resolve(ArchiveDirectory.ARCHIVE)) >= bytes);
            assertNothingHalfPublished();
        }
        for (String file : List.of(ArchiveDirectory.MANIFEST, ArchiveDirectory.SUMS)) {
            kill(startBackup(), () -> Files.exists(partial().resolve(file)));
            assertNothingHalfPublished();
        }

        result(startBackup(), 0);

        assertThat(Volumes.names(volumes.backups)).isEqualTo(volumes.complete()).hasSize(1);
        assertThat(volumes.restore().outcome()).isEqualTo(JobOutcome.Restored);
    }

    private void assertNothingHalfPublished() throws Exception {
        for (Archives.Listed listed : Archives.list(volumes.backups)) {
            new ArchiveDirectory(volumes.backups.resolve(listed.directory())).verify(volumes.progress);
        }
    }

    private Path partial() throws IOException {
        return Volumes.names(volumes.backups).stream()
                .filter(name -> name.startsWith(".partial-"))
                .map(volumes.backups::resolve)
                .findFirst()
                .orElse(volumes.backups.resolve("none"));
    }

    @Test
    void restoreAfterBeingKilledAtAnyMoment() throws Exception {
        volumes.write("ibdata1", Volumes.random(new Random(8), 30_000_000));
        volumes.backup();
        Map<String, String> source = Tree.of(volumes.directory());
        Path published = volumes.restored.resolve("mysql");
        Path staged = volumes.restored.resolve(".restoring-id-1/ibdata1");
        for (long bytes : new long[] {0, 1, 10_000_000, 20_000_000, 30_000_000}) {
            kill(startRestore(), () -> size(staged) >= bytes);
            assertThat(Files.exists(published) ? Tree.of(published) : source).isEqualTo(source);
        }
        kill(startRestore(), () -> Files.exists(volumes.restored.resolve("restored-from.json")));

        result(startRestore(), 0);

        assertThat(Tree.of(published)).isEqualTo(source);
        assertThat(Volumes.names(volumes.restored)).containsExactly("mysql", "restored-from.json", "server-version");
    }

    @Test
    void stopAtOnceWhenTold() throws Exception {
        Path large = volumes.write("ibdata1", new byte[1]);
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(1L << 40);
        }
        Process backup = startBackup();
        Awaitility.await().until(() -> !Volumes.names(volumes.backups).isEmpty());

        backup.destroy();

        assertThat(backup.waitFor(5, TimeUnit.SECONDS)).isTrue();
        JobResult result = JobResult.parse(Files.readString(log));
        assertThat(result.reason()).isEqualTo(FailureReason.Interrupted);
        assertThat(Volumes.names(volumes.backups)).singleElement().asString().startsWith(".partial-");
    }
}
