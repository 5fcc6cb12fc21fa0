package homework.otus.mysql.program.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** A new file written from its beginning to its end, hashed and counted on the way; closing it syncs it first. */
final class HashedOutput extends OutputStream {
    private final Disk.NewFile file;
    private final MessageDigest digest = Sha256.digest();
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    private long written;
    private boolean closed;
    private String sha256 = "";

    HashedOutput(Disk.NewFile file) {
        this.file = file;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > buffer.remaining()) {
            drain();
        }
        if (length > buffer.remaining()) {
            write(ByteBuffer.wrap(bytes, offset, length));
        } else {
            buffer.put(bytes, offset, length);
        }
    }

    /** Once closed. */
    String sha256() {
        return sha256;
    }

    long written() {
        return written;
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            try (file) {
                drain();
                file.sync();
            }
            sha256 = Sha256.hex(digest);
        }
    }

    private void drain() throws IOException {
        write(buffer.flip());
        buffer.clear();
    }

    private void write(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        digest.update(bytes.duplicate());
        file.write(bytes, written);
        written += length;
    }
}
