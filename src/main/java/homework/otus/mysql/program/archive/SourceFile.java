package homework.otus.mysql.program.archive;

import homework.otus.mysql.program.JobFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** One file of the data directory, read once from its beginning to its end; any change meanwhile is a failure. */
final class SourceFile implements AutoCloseable {
    private final DataDirectory.Entry entry;
    private final SeekableByteChannel channel;
    private final InputStream in;
    private long read;

    SourceFile(DataDirectory.Entry entry) throws JobFailure {
        this.entry = entry;
        try {
            channel = Files.newByteChannel(entry.path(), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            throw DataDirectory.changed(entry.name(), "went away");
        } catch (IOException e) {
            throw DataDirectory.unreadable(entry.name(), e);
        }
        in = Channels.newInputStream(channel);
    }

    /** Fills the buffer as far as the file goes. @return how many bytes; 0 at the end, where all was as it must be */
    int read(byte[] buffer) throws JobFailure {
        try {
            int n = in.readNBytes(buffer, 0, buffer.length);
            read += n;
            if (read > entry.facts().size()) {
                throw DataDirectory.changed(entry.name(), "grew");
            }
            if (n < buffer.length && read < entry.facts().size()) {
                throw DataDirectory.changed(entry.name(), "shrank");
            }
            if (n == 0 && !FileFacts.of(entry.path()).equals(entry.facts())) {
                throw DataDirectory.changed(entry.name(), "was written to");
            }
            return n;
        } catch (NoSuchFileException e) {
            throw DataDirectory.changed(entry.name(), "went away");
        } catch (IOException e) {
            throw DataDirectory.unreadable(entry.name(), e);
        }
    }

    @Override
    public void close() throws JobFailure {
        try {
            channel.close();
        } catch (IOException e) {
            throw DataDirectory.unreadable(entry.name(), e);
        }
    }
}
