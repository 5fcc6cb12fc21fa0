package homework.otus.mysql.program.archive;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file list line by line and lets nothing through that a walk could not have yielded: the names only rise, so
 * that none comes twice, and each lies in a directory listed before it.
 */
final class FileListReader implements Closeable {
    private static final int LONGEST_LINE = 64 * 1024;

    private final InputStream in;
    private @Nullable FileRecord last;

    FileListReader(Path file) throws IOException {
        in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }

    /** The next file or directory; null at the end. */
    @Nullable
    FileRecord next() throws IOException {
        String line = readLine();
        if (line == null) {
            return null;
        }
        FileRecord record = FileRecord.parse(line);
        if (last != null && record.name().compareTo(last.name()) <= 0) {
            throw new IOException("the file list is out of order, or names a file twice: " + record.name());
        }
        if (!isHeld(record.name(), last)) {
            throw new IOException("the file list names a file outside of the directories it lists: " + record.name());
        }
        last = record;
        return record;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** In a walk, a file's directory is the last entry, or holds the last entry. */
    private static boolean isHeld(EntryName name, @Nullable FileRecord last) {
        String parent = name.parent();
        if (parent.isEmpty() || last == null) {
            return parent.isEmpty();
        }
        String before = last.name().bytes();
        return before.startsWith(parent + "/") || (before.equals(parent) && last instanceof FileRecord.Directory);
    }

    private @Nullable String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                if (line.size() > 0) {
                    throw new IOException("the file list is cut off");
                }
                return null;
            }
            if (line.size() == LONGEST_LINE) {
                throw new IOException("the file list has a line that is too long");
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
