package homework.otus.mysql.program.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Writes a file that fits in memory, and returns when it is on the disk. */
final class SmallFile {
    private SmallFile() {}

    static void write(Disk disk, Path file, byte[] content) throws IOException {
        try (Disk.NewFile out = disk.create(file)) {
            out.write(ByteBuffer.wrap(content), 0);
            out.sync();
        }
    }
}
