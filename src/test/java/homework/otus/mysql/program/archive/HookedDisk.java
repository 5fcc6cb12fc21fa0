package homework.otus.mysql.program.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The real disk, with a hook before each step: to count the steps, to fail one, to die at one. */
final class HookedDisk implements Disk {
    /** What the process was about to do. */
    record Step(String action, Path path) {}

    interface Hook {
        void before(Step step) throws IOException;
    }

    /** A SIGKILL at a step: from there on nothing reaches the disk any more, cleaning up neither. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        static boolean isBehind(Throwable e) {
            return e instanceof Killed || (e.getCause() != null && isBehind(e.getCause()));
        }
    }

    private final RealDisk disk = new RealDisk();
    private final Hook hook;
    private final List<Step> steps = Collections.synchronizedList(new ArrayList<>());

    HookedDisk(Hook hook) {
        this.hook = hook;
    }

    /** Dies at step {@code number}, counted from 1; of a write, half reaches the disk. */
    static HookedDisk killedAt(int number) {
        int[] count = {0};
        return new HookedDisk(step -> {
            synchronized (count) {
                if (++count[0] >= number) {
                    throw new Killed();
                }
            }
        });
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    private void before(String action, Path path) throws IOException {
        Step step = new Step(action, path);
        hook.before(step);
        steps.add(step);
    }

    private final class HookedFile implements NewFile {
        private final Path path;
        private final NewFile file;

        HookedFile(Path path, NewFile file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
            try {
                HookedDisk.this.before("write", path);
            } catch (Killed e) {
                file.write(bytes.duplicate().limit(bytes.position() + bytes.remaining() / 2), position);
                throw e;
            }
            file.write(bytes, position);
        }

        @Override
        public void describe(int permissions, Instant modified) throws IOException {
            HookedDisk.this.before("describe", path);
            file.describe(permissions, modified);
        }

        @Override
        public void sync() throws IOException {
            HookedDisk.this.before("sync", path);
            file.sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        before("create", directory);
        disk.createDirectory(directory);
    }

    @Override
    public NewFile create(Path file) throws IOException {
        before("create", file);
        return new HookedFile(file, disk.create(file));
    }

    @Override
    public void setPermissions(Path path, int permissions) throws IOException {
        before("set permissions", path);
        disk.setPermissions(path, permissions);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        before("rename", from);
        disk.rename(from, to);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        before("sync", directory);
        disk.syncDirectory(directory);
    }

    @Override
    public void delete(Path path) throws IOException {
        before("delete", path);
        disk.delete(path);
    }
}
