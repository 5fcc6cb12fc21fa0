package homework.otus.mysql.program.archive;

import static homework.otus.mysql.program.JobFailureAssert.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import homework.otus.mysql.program.ArchiveRecord;
import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobFailure;
import homework.otus.mysql.program.JobOutcome;
import homework.otus.mysql.program.JobResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Killed before each single write to the disk, one after another, and run again. */
class CrashTest {
    private static final int LAST_STEP = 2000;

    @Test
    void aBackupIsCompleteOrNotThereAndTheNextRunFinishes(@TempDir(factory = MemoryDirectory.class) Path root)
            throws Exception {
        boolean finished = false;
        int killedAt = 0;
        while (!finished) {
            assertThat(++killedAt).isLessThan(LAST_STEP);
            Volumes volumes = new Volumes(root.resolve("" + killedAt)).withDataDirectory();
            volumes.keep = 2;
            volumes.backup();
            String before = volumes.backupOfNextLife().archive().directory();
            Files.createDirectories(volumes.backups.resolve(".partial-x"));
            volumes.disk = HookedDisk.killedAt(killedAt);

            Throwable killed = catchThrowable(volumes::backupOfNextLife);

            finished = killed == null;
            assertThat(finished || HookedDisk.Killed.isBehind(killed)).isTrue();
            List<String> published = verified(volumes);
            assertThat(published).as("after a kill at step " + killedAt).contains(before);
            assertThat(published.size()).isGreaterThanOrEqualTo(2);

            volumes.disk = new RealDisk();
            JobResult again = volumes.backup();

            assertThat(again.outcome()).isEqualTo(JobOutcome.Complete);
            assertThat(Volumes.names(volumes.backups))
                    .containsExactly(before, again.archive().directory());
            assertThat(verified(volumes)).hasSize(2);
            volumes.restore();
            assertThat(Tree.of(volumes.restored.resolve("mysql"))).isEqualTo(Tree.of(volumes.directory()));
        }
        assertThat(killedAt).isGreaterThan(20);
    }

    private static List<String> verified(Volumes volumes) throws Exception {
        List<String> verified = new ArrayList<>();
        for (Archives.Listed listed : Archives.list(volumes.backups)) {
            new ArchiveDirectory(volumes.backups.resolve(listed.directory())).verify(volumes.progress);
            verified.add(listed.directory());
        }
        return verified;
    }

    @Test
    void aRestoreIsWholeOrNotThereAndTheNextRunFinishes(@TempDir(factory = MemoryDirectory.class) Path root)
            throws Exception {
        Volumes source = new Volumes(root.resolve("source")).withDataDirectory();
        ArchiveRecord archive = source.backup().archive();
        Map<String, String> expected = Tree.of(source.directory());
        boolean finished = false;
        int killedAt = 0;
        while (!finished) {
            assertThat(++killedAt).isLessThan(LAST_STEP);
            Volumes volumes = new Volumes(root.resolve("" + killedAt));
            Files.delete(volumes.backups);
            Files.createSymbolicLink(volumes.backups, source.backups);
            Files.createDirectories(volumes.restored.resolve(".initialising/mysql"));
            volumes.disk = HookedDisk.killedAt(killedAt);

            Throwable killed = catchThrowable(volumes::restore);

            finished = killed == null;
            assertThat(finished || HookedDisk.Killed.isBehind(killed)).isTrue();
            Path restored = volumes.restored.resolve("mysql");
            if (Files.exists(restored)) {
                assertThat(Tree.of(restored))
                        .as("after a kill at step " + killedAt)
                        .isEqualTo(expected);
            }

            volumes.disk = new RealDisk();
            JobResult again = volumes.restore();

            assertThat(again.outcome()).isIn(JobOutcome.Restored, JobOutcome.AlreadyThere);
            assertThat(again.archive()).isEqualTo(archive);
            assertThat(Tree.of(restored)).isEqualTo(expected);
            assertThat(Volumes.names(volumes.restored))
                    .containsExactly("mysql", "restored-from.json", "server-version");
        }
        assertThat(killedAt).isGreaterThan(20);
    }

    @Test
    void aBackupThatWasTakenForDeadCanNotPublish(@TempDir Path root) throws Exception {
        Volumes volumes = new Volumes(root).withDataDirectory();
        List<JobResult> others = new ArrayList<>();
        volumes.disk = new HookedDisk(step -> {
            if (step.action().equals("rename") && others.isEmpty()) {
                Volumes second = new Volumes(root);
                second.now = volumes.now.plusSeconds(60);
                try {
                    others.add(second.backup());
                } catch (JobFailure e) {
                    throw new AssertionError(e);
                }
            }
        });

        assertFails(FailureReason.IoError, volumes::backup);

        assertThat(Volumes.names(volumes.backups))
                .isEqualTo(verified(volumes))
                .containsExactly(others.get(0).archive().directory());
    }

    @Test
    void aRestoreThatWasTakenForDeadPublishesNothingOfItsSuccessors(@TempDir Path root) throws Exception {
        Volumes volumes = new Volumes(root).withDataDirectory();
        volumes.backup();
        boolean[] dead = {false};
        volumes.disk = new HookedDisk(step -> {
            if (step.action().equals("rename") && !dead[0]) {
                Volumes second = new Volumes(root);
                second.disk = new HookedDisk(next -> {
                    dead[0] |= next.action().equals("create") && next.path().endsWith("ibdata1");
                    if (dead[0]) {
                        throw new HookedDisk.Killed();
                    }
                });
                assertThatThrownBy(second::restore).matches(HookedDisk.Killed::isBehind);
            }
        });

        assertFails(FailureReason.IoError, volumes::restore);

        assertThat(dead[0]).isTrue();
        assertThat(Volumes.names(volumes.restored)).doesNotContain("mysql");
    }

    @Test
    void allThatABackupPublishesIsOnTheDiskBefore(@TempDir(factory = MemoryDirectory.class) Path root)
            throws Exception {
        Volumes volumes = new Volumes(root).withDataDirectory();

        assertSyncedBeforePublished(volumes, volumes::backup, volumes.backups);
    }

    @Test
    void allThatARestorePublishesIsOnTheDiskBefore(@TempDir(factory = MemoryDirectory.class) Path root)
            throws Exception {
        Volumes volumes = new Volumes(root).withDataDirectory();
        volumes.backup();

        assertSyncedBeforePublished(volumes, volumes::restore, volumes.restored);
    }

    private interface Work {
        JobResult run() throws Exception;
    }

    private static void assertSyncedBeforePublished(Volumes volumes, Work work, Path volume) throws Exception {
        HookedDisk disk = new HookedDisk(step -> {});
        volumes.disk = disk;
        work.run();

        List<HookedDisk.Step> steps = disk.steps();
        HookedDisk.Step publishing = steps.stream()
                .filter(step -> step.action().equals("rename"))
                .reduce((a, b) -> {
                    throw new AssertionError("published twice");
                })
                .orElseThrow();
        int published = steps.indexOf(publishing);
        for (HookedDisk.Step step : steps) {
            if (step.action().equals("create")) {
                assertThat(steps.subList(0, published)).contains(new HookedDisk.Step("sync", step.path()));
                Path holder = step.path().getParent();
                if (!holder.equals(volume)) {
                    assertThat(steps.subList(steps.indexOf(step), published))
                            .contains(new HookedDisk.Step("sync", holder));
                }
            }
        }
        assertThat(steps.subList(published, steps.size()))
                .containsExactly(publishing, new HookedDisk.Step("sync", volume));
    }
}
