package homework.otus.mysql.program.archive;

import homework.otus.mysql.program.JobFailure;
import homework.otus.mysql.program.Progress;
import homework.otus.mysql.program.archive.FileRecord.RegularFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Writes an archive's files into a new directory; when it returns, all of them are on the disk. */
final class Unpacker {
    private record Open(EntryName name, Path path, int permissions) {}

    private final Disk disk;
    private final Progress progress;
    private final byte[] buffer = new byte[1 << 18];

    Unpacker(Disk disk, Progress progress) {
        this.disk = disk;
        this.progress = progress;
    }

    /** @param permissions of the new directory */
    void unpack(ArchiveReader archive, Path target, int permissions) throws JobFailure, IOException {
        disk.createDirectory(target);
        disk.setPermissions(target, 0700);
        Deque<Open> open = new ArrayDeque<>();
        try (Syncing syncing = new Syncing()) {
            for (FileRecord record = archive.next(); record != null; record = archive.next()) {
                while (!open.isEmpty()
                        && !open.element().name().bytes().equals(record.name().parent())) {
                    leave(open.remove());
                }
                Path path = record.name().in(target);
                if (record instanceof RegularFile file) {
                    Disk.NewFile out = disk.create(path);
                    syncing.closeAfterSync(write(archive, file, out));
                } else {
                    disk.createDirectory(path);
                    open.push(new Open(record.name(), path, record.permissions()));
                }
            }
            while (!open.isEmpty()) {
                leave(open.remove());
            }
            syncing.await();
        }
        disk.setPermissions(target, permissions);
        disk.syncDirectory(target);
    }

    /** Only now, as it may not be ours to write to any more. */
    private void leave(Open directory) throws IOException {
        disk.setPermissions(directory.path(), directory.permissions());
        disk.syncDirectory(directory.path());
    }

    private Disk.NewFile write(ArchiveReader archive, RegularFile file, Disk.NewFile out)
            throws JobFailure, IOException {
        try {
            long position = 0;
            long end = 0;
            for (int n = archive.read(buffer); n > 0; n = archive.read(buffer)) {
                end = Math.max(end, writeData(out, position, n));
                position += n;
                progress.add(n);
            }
            if (end < file.size()) {
                out.write(ByteBuffer.allocate(1), file.size() - 1);
            }
            out.describe(file.permissions(), file.modified());
            return out;
        } catch (JobFailure | IOException | RuntimeException e) {
            out.close();
            throw e;
        }
    }

    /** Writes the runs of blocks that are not holes. @return where the last one ends; 0 if there is none */
    private long writeData(Disk.NewFile out, long position, int length) throws IOException {
        long end = 0;
        int from = 0;
        while (from < length) {
            int to = from;
            while (to < length && !Holes.isHole(buffer, to, Math.min(to + Holes.BLOCK, length))) {
                to = Math.min(to + Holes.BLOCK, length);
            }
            if (to > from) {
                out.write(ByteBuffer.wrap(buffer, from, to - from), position + from);
                end = position + to;
            }
            from = to + Holes.BLOCK;
        }
        return end;
    }
}
