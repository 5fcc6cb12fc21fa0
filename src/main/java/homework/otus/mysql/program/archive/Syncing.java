package homework.otus.mysql.program.archive;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Syncs files beside the writing of the next ones: many small syncs at once cost a journal little more than one. */
final class Syncing implements AutoCloseable {
    private static final int AT_ONCE = 16;

    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, task -> {
        Thread thread = new Thread(task, "sync");
        thread.setDaemon(true);
        return thread;
    });
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** Returns at once, unless too many are under way. @throws IOException if an earlier file could not be synced */
    void closeAfterSync(Disk.NewFile file) throws IOException {
        free.acquireUninterruptibly();
        threads.execute(() -> {
            try (file) {
                file.sync();
            } catch (IOException | RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            } finally {
                free.release();
            }
        });
        rethrow();
    }

    /** Returns when every file is on the disk and closed. */
    void await() throws IOException {
        free.acquireUninterruptibly(AT_ONCE);
        free.release(AT_ONCE);
        rethrow();
    }

    @Override
    public void close() {
        free.acquireUninterruptibly(AT_ONCE);
        threads.shutdown();
    }

    private void rethrow() throws IOException {
        Throwable e = failure.get();
        if (e instanceof IOException io) {
            throw io;
        }
        if (e != null) {
            throw new IllegalStateException(e);
        }
    }
}
