package homework.otus.mysql.program.archive;

import homework.otus.mysql.program.JobFailure;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The archives of one backup volume. */
public final class Archives {
    /** Before the name of one that somebody has set aside, for it is damaged or too new. */
    static final String DAMAGED = ".damaged-";

    private static final String HIDDEN = ".hidden-";

    /** A directory that is an archive, or looks like one. */
    public sealed interface Listed {
        /** Its name on the volume. */
        String directory();
    }

    /** Its manifest verifies, and all of its files are there in their sizes; their content was not read. */
    public record Complete(String directory, Manifest manifest) implements Listed {}

    /**
     * Published, but not what was once written.
     *
     * @param problem a sentence that says what is wrong with it
     */
    public record Damaged(String directory, String problem) implements Listed {}

    private Archives() {}

    static boolean setAside(Path backups, String directory) {
        return Stream.of(DAMAGED, HIDDEN)
                .anyMatch(prefix -> Files.exists(backups.resolve(prefix + directory), LinkOption.NOFOLLOW_LINKS));
    }

    /**
     * Lists what was published, newest first; what has no readable time comes before all others. Directories that don't
     * look like an archive, or whose name begins with a dot, are passed over.
     *
     * @throws IOException if the volume can't be read
     */
    public static List<Listed> list(Path backups) throws IOException {
        List<ArchiveDirectory> found = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(backups)) {
            for (Path path : paths) {
                ArchiveDirectory directory = new ArchiveDirectory(path);
                if (directory.looksLikeArchive()) {
                    found.add(directory);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        found.sort(Comparator.comparing(Archives::time)
                .thenComparing(ArchiveDirectory::name)
                .reversed());
        return found.stream().map(Archives::look).toList();
    }

    private static Instant time(ArchiveDirectory directory) {
        return directory.namedTime().orElse(Instant.MAX);
    }

    private static Listed look(ArchiveDirectory directory) {
        try {
            return new Complete(directory.name(), directory.manifest());
        } catch (JobFailure damaged) {
            return new Damaged(directory.name(), String.valueOf(damaged.getMessage()));
        }
    }
}
