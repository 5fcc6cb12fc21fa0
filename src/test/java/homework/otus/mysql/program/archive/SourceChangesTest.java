package homework.otus.mysql.program.archive;

import static homework.otus.mysql.program.JobFailureAssert.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Something still writes to the data directory, at some time between the backup's start and its end. */
class SourceChangesTest {
    private Volumes volumes;

    enum Change {
        GROWS {
            @Override
            void make(Path directory) throws IOException {
                Files.write(directory.resolve("ibdata1"), new byte[1], StandardOpenOption.APPEND);
            }
        },
        SHRINKS {
            @Override
            void make(Path directory) throws IOException {
                Files.write(directory.resolve("ibdata1"), new byte[100], StandardOpenOption.TRUNCATE_EXISTING);
            }
        },
        IS_REWRITTEN_WITH_ITS_OLD_TIME {
            @Override
            void make(Path directory) throws IOException {
                Path file = directory.resolve("ibdata1");
                FileTime time = Files.getLastModifiedTime(file);
                byte[] content = Files.readAllBytes(file);
                content[content.length / 2]++;
                Files.write(file, content);
                Files.setLastModifiedTime(file, time);
            }
        },
        IS_REPLACED_BY_A_COPY {
            @Override
            void make(Path directory) throws IOException {
                Path copy = directory.resolve("../copy");
                Files.copy(directory.resolve("ibdata1"), copy, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
                byte[] content = Files.readAllBytes(copy);
                content[0]++;
                Files.write(copy, content);
                Files.setLastModifiedTime(copy, Files.getLastModifiedTime(directory.resolve("ibdata1")));
                Files.move(copy, directory.resolve("ibdata1"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            }
        },
        GOES_AWAY {
            @Override
            void make(Path directory) throws IOException {
                Files.delete(directory.resolve("ibdata1"));
            }
        },
        GETS_ANOTHER_MODE {
            @Override
            void make(Path directory) throws IOException {
                Files.setAttribute(directory.resolve("ibdata1"), "unix:mode", 0111);
            }
        },
        IS_JOINED_BY_ANOTHER {
            @Override
            void make(Path directory) throws IOException {
                Files.write(directory.resolve("ibdata2"), new byte[10]);
            }
        },
        BECOMES_A_DIRECTORY {
            @Override
            void make(Path directory) throws IOException {
                Files.delete(directory.resolve("ibdata1"));
                Files.createDirectory(directory.resolve("ibdata1"));
            }
        };

        abstract void make(Path directory) throws IOException;
    }

    @BeforeEach
    void prepare(@TempDir Path root) throws IOException {
        volumes = new Volumes(root).withDataDirectory();
        // Larger than every buffer on the way: some of it is written before all of it is read.
        volumes.write("ibdata1", Volumes.random(new Random(5), 3_000_000));
    }

    /** Makes the change right before the given step on the file of the archive. */
    private void changeBefore(String action, String file, Change change) {
        boolean[] made = {false};
        volumes.disk = new HookedDisk(step -> {
            if (!made[0] && step.action().equals(action) && step.path().endsWith(file)) {
                made[0] = true;
                change.make(volumes.directory());
            }
        });
    }

    private void assertRefused() throws IOException {
        assertFails(FailureReason.SourceChanged, volumes::backup).contains("ibdata");
        assertThat(Volumes.names(volumes.backups)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void isRefusedWhenAFileChangesWhileItIsRead(Change change) throws Exception {
        changeBefore("write", ArchiveDirectory.ARCHIVE, change);

        assertRefused();
    }

    @ParameterizedTest
    @EnumSource
    void isRefusedWhenAFileChangesBetweenReadingAndComparing(Change change) throws Exception {
        changeBefore("sync", ArchiveDirectory.FILE_LIST, change);

        assertRefused();
    }

    @Test
    void succeedsAfterTheWriterStopped() throws Exception {
        changeBefore("write", ArchiveDirectory.ARCHIVE, Change.GROWS);
        assertRefused();

        assertThat(volumes.backup().outcome()).isEqualTo(JobOutcome.Complete);
        volumes.restore();
        assertThat(Tree.of(volumes.restored.resolve("mysql"))).isEqualTo(Tree.of(volumes.directory()));
    }
}
