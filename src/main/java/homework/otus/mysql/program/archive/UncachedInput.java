package homework.otus.mysql.program.archive;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads a file past the page cache: so what comes back is what the disk holds, and not what was just written to it. */
final class UncachedInput extends InputStream {
    private static final int BUFFER = 1 << 20;

    private final FileChannel channel;
    private final ByteBuffer buffer;
    private final long size;

    private UncachedInput(FileChannel channel, int blockSize) throws IOException {
        this.channel = channel;
        size = channel.size();
        buffer = ByteBuffer.allocateDirect(BUFFER + blockSize).alignedSlice(blockSize);
        buffer.limit(0);
    }

    /** Through the cache after all where the file system knows no other way, as one in memory. */
    static InputStream open(Path file) throws IOException {
        try {
            int blockSize = Math.toIntExact(Files.getFileStore(file).getBlockSize());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, ExtendedOpenOption.DIRECT);
            UncachedInput in = new UncachedInput(channel, blockSize);
            try {
                in.fill();
                return in;
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException | UnsupportedOperationException | ArithmeticException cached) {
            return Files.newInputStream(file);
        }
    }

    @Override
    public int read() throws IOException {
        return buffer.hasRemaining() || fill() ? buffer.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!buffer.hasRemaining() && !fill()) {
            return -1;
        }
        int n = Math.min(length, buffer.remaining());
        buffer.get(bytes, offset, n);
        return n;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Whole blocks, as the disk wants them; the file's end alone cuts one. */
    private boolean fill() throws IOException {
        if (channel.position() >= size) {
            return false;
        }
        buffer.clear().limit(BUFFER);
        channel.read(buffer);
        buffer.flip();
        return buffer.hasRemaining();
    }
}
