package homework.otus.mysql.program.archive;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobFailure;
import homework.otus.mysql.program.archive.FileRecord.RegularFile;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.MessageDigest;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/**
 * Reads an archive and its file list side by side; both must say the same of each file. So what one of them makes up
 * (a link, a device, a path that leads out, a file of another size) ends the reading before anything is done with it.
 * Each failure is {@link FailureReason#Corrupt}.
 */
final class ArchiveReader implements AutoCloseable {
    private final ArchiveDirectory directory;
    private final Manifest manifest;
    private final FileListReader list;
    private final HashedInput raw;
    private final TarArchiveInputStream tar;
    private final byte[] scratch = new byte[1 << 16];
    private @Nullable RegularFile current;
    private final MessageDigest contentDigest = Sha256.digest();
    private long contentLeft;
    private boolean contentProven = true;
    private long bytes;
    private long files;

    /** Reads what the disk holds, not what the page cache remembers of the writing. */
    static ArchiveReader ofDisk(ArchiveDirectory directory, Manifest manifest) throws JobFailure {
        try {
            return new ArchiveReader(directory, manifest, UncachedInput.open(directory.archive()));
        } catch (IOException e) {
            throw directory.corrupt(e);
        }
    }

    static ArchiveReader of(ArchiveDirectory directory, Manifest manifest) throws JobFailure {
        try {
            return new ArchiveReader(directory, manifest, Files.newInputStream(directory.archive()));
        } catch (IOException e) {
            throw directory.corrupt(e);
        }
    }

    private ArchiveReader(ArchiveDirectory directory, Manifest manifest, InputStream archive) throws JobFailure {
        this.directory = directory;
        this.manifest = manifest;
        try {
            list = new FileListReader(directory.fileList());
            raw = new HashedInput(new BufferedInputStream(archive, 1 << 17));
            tar = new TarArchiveInputStream(new ZstdInputStreamNoFinalizer(raw), ArchiveWriter.TAR_NAMES);
        } catch (IOException e) {
            throw directory.corrupt(e);
        }
    }

    /**
     * The next file or directory; a file's content must have been read to its end first.
     *
     * @return null at the end, once the whole archive is proven to be the manifest's
     */
    @Nullable
    FileRecord next() throws JobFailure {
        if (!contentProven) {
            throw new IllegalStateException("the last file was not read to its end");
        }
        try {
            FileRecord record = list.next();
            TarArchiveEntry entry = tar.getNextEntry();
            if (record == null) {
                if (entry != null) {
                    throw directory.corrupt("it holds a file that the list doesn't: " + printable(entry));
                }
                end();
                return null;
            }
            if (entry == null || !matches(record, entry)) {
                throw directory.corrupt("the list has " + record.name() + " where the archive has "
                        + (entry == null ? "its end" : printable(entry)));
            }
            current = record instanceof RegularFile file ? file : null;
            if (current != null) {
                contentProven = false;
                contentLeft = current.size();
                bytes = Math.addExact(bytes, current.size());
                files++;
            }
            return record;
        } catch (IOException | ArithmeticException | IllegalArgumentException e) {
            throw directory.corrupt(e instanceof IOException io ? io : new IOException(e));
        }
    }

    /** Fills the buffer as far as the current file goes. @return how many bytes; 0 at its end, once its hash was right */
    int read(byte[] buffer) throws JobFailure {
        RegularFile file = current;
        if (file == null) {
            throw new IllegalStateException("not at a file");
        }
        try {
            int n = tar.readNBytes(buffer, 0, buffer.length);
            contentDigest.update(buffer, 0, n);
            contentLeft -= n;
            if (n < buffer.length && contentLeft > 0) {
                throw directory.corrupt("it is cut off in file " + file.name());
            }
            if (n == 0 && !contentProven) {
                if (!Sha256.hex(contentDigest).equals(file.sha256())) {
                    throw directory.corrupt("the content of file " + file.name() + " is not what was written");
                }
                contentProven = true;
            }
            return n;
        } catch (IOException e) {
            throw directory.corrupt(e);
        }
    }

    @Override
    public void close() throws JobFailure {
        try (list) {
            tar.close();
        } catch (IOException e) {
            throw directory.corrupt(e);
        }
    }

    private static boolean matches(FileRecord record, TarArchiveEntry entry) {
        if (record instanceof RegularFile file) {
            return entry.getLinkFlag() == TarConstants.LF_NORMAL
                    && !entry.isSparse()
                    && entry.getName().equals(file.name().bytes())
                    && entry.getSize() == file.size();
        }
        return entry.getLinkFlag() == TarConstants.LF_DIR
                && entry.getName().equals(record.name().bytes() + "/")
                && entry.getSize() == 0;
    }

    private void end() throws IOException, JobFailure {
        // The tar stream ends before the file does: what is left must belong to the archive's hash as well.
        for (int n = raw.read(scratch); n >= 0; n = raw.read(scratch)) {}
        if (!raw.sha256().equals(manifest.archive().sha256())) {
            throw directory.corrupt(ArchiveDirectory.ARCHIVE + " is not what was written");
        }
        if (bytes != manifest.archive().bytes() || files != manifest.archive().files()) {
            throw directory.corrupt("the manifest names " + manifest.archive().files() + " files of "
                    + manifest.archive().bytes() + " bytes, and it holds " + files + " of " + bytes);
        }
    }

    private static String printable(TarArchiveEntry entry) {
        return "an entry of type '" + (char) entry.getLinkFlag() + "', " + entry.getSize() + " bytes, named "
                + entry.getName().replaceAll("[^ -~]", "?");
    }

    private static final class HashedInput extends FilterInputStream {
        private final MessageDigest digest = Sha256.digest();

        HashedInput(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            if (b >= 0) {
                digest.update((byte) b);
            }
            return b;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int n = super.read(bytes, offset, length);
            if (n > 0) {
                digest.update(bytes, offset, n);
            }
            return n;
        }

        String sha256() {
            return Sha256.hex(digest);
        }
    }
}
