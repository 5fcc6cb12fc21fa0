package homework.otus.mysql.program.archive;

import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobFailure;
import homework.otus.mysql.program.archive.FileFacts.Kind;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A stopped server's data directory, walked in the order of {@link EntryName}. Left out are sockets, the
 * temporary tablespaces of sessions, and the file system's own {@code lost+found}. Binary logs are kept:
 * after a crash the last acknowledged transaction may be in them alone.
 *
 * <p>A hard link is archived as a file of its own: MySQL makes none, and what counts is that each name has its content.
 */
final class DataDirectory {
    private static final Pattern SESSION_TEMPORARY = Pattern.compile("#innodb_temp/temp_[0-9]+\\.ibt");

    /** A file or a directory. */
    record Entry(EntryName name, Path path, FileFacts facts) {}

    private final Path root;

    DataDirectory(Path root) {
        this.root = root;
    }

    /** Nothing in it that an archive would carry; also where it doesn't exist. */
    boolean isEmpty() throws JobFailure {
        try {
            FileFacts facts = FileFacts.of(root);
            if (facts.kind() != Kind.DIRECTORY) {
                throw unsupported(root.toString(), facts.kind());
            }
        } catch (NoSuchFileException absent) {
            return true;
        } catch (IOException e) {
            throw unreadable(root.toString(), e);
        }
        return new Walk().next() == null;
    }

    int permissions() throws JobFailure {
        try {
            return FileFacts.of(root).permissions();
        } catch (IOException e) {
            throw unreadable(root.toString(), e);
        }
    }

    Walk walk() {
        return new Walk();
    }

    /** The sum of the files' sizes, for the progress shown. */
    long bytes() throws JobFailure {
        long bytes = 0;
        Walk walk = walk();
        for (Entry entry = walk.next(); entry != null; entry = walk.next()) {
            bytes += entry.facts().kind() == Kind.FILE ? entry.facts().size() : 0;
        }
        return bytes;
    }

    static JobFailure changed(Object file, String how) {
        return new JobFailure(
                FailureReason.SourceChanged,
                "File " + file + " of the data directory " + how + " while it was read: stop what still writes to the"
                        + " data volume, then let the Job run again.");
    }

    static JobFailure unreadable(Object file, IOException e) {
        return new JobFailure(
                FailureReason.SourceUnreadable,
                file + " can't be read from the data volume (" + e + "): repair the volume or the file's permissions,"
                        + " then let the Job run again.",
                e);
    }

    private static JobFailure unsupported(Object file, Kind kind) {
        String what = kind == Kind.SYMBOLIC_LINK ? "a symbolic link" : "neither a file nor a directory";
        return new JobFailure(
                FailureReason.UnsupportedFile,
                file + " in the data directory is " + what + ", and what it stands for would be missing from the"
                        + " archive: put the file itself in its place, or remove it.");
    }

    /** Yields each entry once; holds no more than the names in the directories on the way. */
    final class Walk {
        private record Open(@Nullable EntryName directory, Path path, Iterator<String> segments) {}

        private final Deque<Open> open = new ArrayDeque<>();
        private boolean started;

        private Walk() {}

        /** The next entry; null at the end. */
        @Nullable
        Entry next() throws JobFailure {
            if (!started) {
                started = true;
                open.push(new Open(null, root, segments(root)));
            }
            while (!open.isEmpty()) {
                Open at = open.element();
                if (!at.segments().hasNext()) {
                    open.remove();
                    continue;
                }
                String segment = at.segments().next();
                EntryName name = at.directory() == null
                        ? new EntryName(segment)
                        : at.directory().child(segment);
                Path path = new EntryName(segment).in(at.path());
                FileFacts facts = facts(name, path);
                if (isLeftOut(name, facts.kind())) {
                    continue;
                }
                if (facts.kind() == Kind.DIRECTORY) {
                    open.push(new Open(name, path, segments(path)));
                } else if (facts.kind() != Kind.FILE) {
                    throw unsupported(name, facts.kind());
                }
                return new Entry(name, path, facts);
            }
            return null;
        }
    }

    private static FileFacts facts(EntryName name, Path path) throws JobFailure {
        try {
            return FileFacts.of(path);
        } catch (NoSuchFileException e) {
            throw changed(name, "went away");
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private static Iterator<String> segments(Path directory) throws JobFailure {
        List<String> segments = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                segments.add(EntryName.lastSegment(file));
            }
        } catch (DirectoryIteratorException e) {
            throw unreadable(directory, new IOException(e));
        } catch (NoSuchFileException e) {
            throw changed(directory, "went away");
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
        Collections.sort(segments);
        return segments.iterator();
    }

    private static boolean isLeftOut(EntryName name, Kind kind) {
        String path = name.bytes();
        return switch (kind) {
            case SOCKET -> true;
            case DIRECTORY -> path.equals("lost+found");
            // By a name that nothing else can have: a tablespace of data may be called ibtmp1, or mysqld.pid.
            case FILE -> SESSION_TEMPORARY.matcher(path).matches();
            case SYMBOLIC_LINK, OTHER -> false;
        };
    }
}
