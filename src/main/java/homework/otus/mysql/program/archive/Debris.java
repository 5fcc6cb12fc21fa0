package homework.otus.mysql.program.archive;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes directories. One is renamed first: so it is gone at once as what it was, and a Job that was taken for dead
 * but still works on it can't publish it any more.
 */
final class Debris {
    private static final String REMOVED = ".removing-";
    private static final int OWNER = 0700;

    private final Disk disk;
    private final Path volume;

    Debris(Disk disk, Path volume) {
        this.disk = disk;
        this.volume = volume;
    }

    /** Removes what an earlier Job left of its work: names that begin with one of the prefixes. */
    void sweep(String... prefixes) throws IOException {
        for (Path path : children(volume)) {
            String name = String.valueOf(path.getFileName());
            if (name.startsWith(REMOVED)) {
                deleteTree(path);
            } else if (List.of(prefixes).stream().anyMatch(name::startsWith)) {
                remove(path);
            }
        }
    }

    void remove(Path path) throws IOException {
        Path removed = volume.resolve(REMOVED + path.getFileName());
        try {
            deleteTree(removed);
            disk.rename(path, removed);
        } catch (NoSuchFileException e) {
            return;
        }
        deleteTree(removed);
    }

    private void deleteTree(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            // What was restored may have a mode that keeps its owner out.
            if ((FileFacts.of(path).permissions() & OWNER) != OWNER) {
                disk.setPermissions(path, OWNER);
            }
            for (Path child : children(path)) {
                deleteTree(child);
            }
        }
        disk.delete(path);
    }

    private static List<Path> children(Path directory) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
            paths.forEach(children::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return children;
    }
}
