package homework.otus.mysql.program.archive;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;

/**
 * All that the archive does to a file system, one method per step between which a process may be killed. Every write
 * goes through here, so that a test can stop the work before each single one.
 */
interface Disk {
    /** A file being made. */
    interface NewFile extends Closeable {
        /** Writes all the bytes; what lies between two writes is a hole. */
        void write(ByteBuffer bytes, long position) throws IOException;

        void describe(int permissions, Instant modified) throws IOException;

        /** Returns when the content is on the disk. */
        void sync() throws IOException;
    }

    void createDirectory(Path directory) throws IOException;

    /**
     * Makes an empty file.
     *
     * @throws java.nio.file.FileAlreadyExistsException if anything of that name is there, a symbolic link too
     */
    NewFile create(Path file) throws IOException;

    void setPermissions(Path path, int permissions) throws IOException;

    /** In one step; of the new name nothing may be there but an empty directory. */
    void rename(Path from, Path to) throws IOException;

    void syncDirectory(Path directory) throws IOException;

    /** A file or an empty directory. */
    void delete(Path path) throws IOException;
}
