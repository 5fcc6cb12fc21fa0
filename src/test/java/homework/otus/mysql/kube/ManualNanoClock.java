package homework.otus.mysql.kube;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Goes on only when told to. Starts near the overflow, as {@link System#nanoTime} may. */
final class ManualNanoClock implements NanoClock {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);

    @Override
    public long nanoTime() {
        return now.get();
    }

    void advance(Duration duration) {
        now.addAndGet(duration.toNanos());
    }
}
