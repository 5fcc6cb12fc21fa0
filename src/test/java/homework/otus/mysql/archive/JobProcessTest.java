package homework.otus.mysql.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    void keepNamesOfEveryByteWithoutALocale() throws Exception {
        Files.write(new EntryName("table-\u00e4\u00ff").in(volumes.directory()), new byte[1]);
        String[] noLocale = {"-Dsun.jnu.encoding=ANSI_X3.4-1968", "-Dfile.encoding=ANSI_X3.4-1968"};

        result(startBackup(noLocale), 0);
        result(startRestore(noLocale), 0);

        assertThat(Tree.of(volumes.restored.resolve("mysql"))).isEqualTo(Tree.of(volumes.directory()));
    }

    @Test
    void needLittleMemoryForAnyAmountOfData() throws Exception {
        try (RandomAccessFile file =
                new RandomAccessFile(volumes.write("large", new byte[1]).toFile(), "rw")) {
            file.seek(300_000_000);
            file.write(Volumes.random(new Random(7), 30_000_000));
        }
        for (int i = 0; i < 3_000; i++) {
            volumes.write("many/" + "table".repeat(20) + i, new byte[0]);
        }

        result(startBackup("-Xmx24m"), 0);
        JobResult restore = result(startRestore("-Xmx24m"), 0);

        assertThat(restore.archive().files()).isEqualTo(3_007);
        assertThat(volumes.restored.resolve("mysql/large"))
                .hasSameBinaryContentAs(volumes.directory().resolve("large"));
    }

    /** Each life a little longer than the last, until one lives to the end. */
    @Test
    void areKilledAtAnyTimeAndFinishWhenRunAgain() throws Exception {
        volumes.write("ibdata1", Volumes.random(new Random(8), 30_000_000));
        int killed = 0;
        long life = 150;
        for (Process backup = startBackup(); !backup.waitFor(life, TimeUnit.MILLISECONDS); backup = startBackup()) {
            backup.destroyForcibly().waitFor();
            killed++;
            life += 70;
            assertThat(volumes.complete().size()).isLessThanOrEqualTo(1);
        }
        assertThat(killed).isPositive();
        assertThat(result(startBackup(), 0).existing()).isTrue();
        assertThat(Volumes.names(volumes.backups)).isEqualTo(volumes.complete()).hasSize(1);

        killed = 0;
        life = 150;
        for (Process restore = startRestore();
                !restore.waitFor(life, TimeUnit.MILLISECONDS);
                restore = startRestore()) {
            restore.destroyForcibly().waitFor();
            killed++;
            life += 70;
        }
        assertThat(killed).isPositive();
        assertThat(result(startRestore(), 0).outcome()).isEqualTo(JobOutcome.AlreadyThere);
        assertThat(Tree.of(volumes.restored.resolve("mysql"))).isEqualTo(Tree.of(volumes.directory()));
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
