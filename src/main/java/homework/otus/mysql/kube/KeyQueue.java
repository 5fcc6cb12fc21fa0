package homework.otus.mysql.kube;

import io.kubernetes.client.extended.controller.reconciler.Request;
import io.kubernetes.client.extended.workqueue.DefaultWorkQueue;
import io.kubernetes.client.extended.workqueue.RateLimitingQueue;
import io.kubernetes.client.extended.workqueue.ratelimiter.ItemExponentialFailureRateLimiter;
import io.kubernetes.client.extended.workqueue.ratelimiter.RateLimiter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The keys that one controller has to reconcile. A key is in it once, however often it is added, and is handed to one worker at a time.
 *
 * <p>client-java's own delaying queue silently drops what is added while a thousand keys wait, and its default limits
 * allow a hundred retries and then ten a minute over all keys together; hence the timer and the limits here.
 */
public final class KeyQueue extends DefaultWorkQueue<Request> implements RateLimitingQueue<Request> {
    static final Duration FIRST_DELAY = Duration.ofMillis(200);
    static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

    private final RateLimiter<Request> backoff = new ItemExponentialFailureRateLimiter<>(FIRST_DELAY, LONGEST_DELAY);
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, DaemonThreads.named("queue-timer"));
    private final Map<Request, Delayed> delayed = new HashMap<>();

    KeyQueue() {
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Adds the key after the delay. Of several delays for one key the first to end counts. */
    @Override
    public synchronized void addAfter(Request key, Duration delay) {
        if (isShuttingDown()) {
            return;
        }
        long due = System.nanoTime() + delay.toNanos();
        Delayed earlier = delayed.get(key);
        if (earlier != null) {
            if (earlier.due - due <= 0) {
                return;
            }
            earlier.timer.cancel(false);
        }
        delayed.put(
                key, new Delayed(due, timer.schedule(() -> ripen(key, due), delay.toNanos(), TimeUnit.NANOSECONDS)));
    }

    private synchronized void ripen(Request key, long due) {
        Delayed current = delayed.get(key);
        if (current != null && current.due == due) {
            delayed.remove(key);
        }
        add(key);
    }

    @Override
    public void addRateLimited(Request key) {
        addAfter(key, backoff.when(key));
    }

    @Override
    public void forget(Request key) {
        backoff.forget(key);
    }

    @Override
    public int numRequeues(Request key) {
        return backoff.numRequeues(key);
    }

    @Override
    public synchronized void shutDown() {
        super.shutDown();
        timer.shutdown();
    }

    private record Delayed(long due, Future<?> timer) {}
}
