package homework.otus.mysql.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import homework.otus.mysql.api.MySQL;
import io.kubernetes.client.extended.controller.reconciler.Request;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyQueueTest {
    private static final Request KEY = new Request("default", "db");
    private static final Duration NEVER = Duration.ofHours(1);

    private final Fixture fixture = new Fixture();
    private final KeyQueue queue = new Queues(fixture.metrics).of(MySQL.class);

    @AfterEach
    void shutDown() {
        queue.shutDown();
    }

    @Test
    void holdsAKeyOnce() {
        queue.add(KEY);
        queue.add(new Request("default", "db"));

        assertThat(queue.length()).isEqualTo(1);
        assertThat(fixture.meters.get("mysql.operator.queue.depth").gauge().value())
                .isEqualTo(1);
    }

    @Test
    void handsOutAKeyAgainOnlyWhenItIsDone() throws InterruptedException {
        queue.add(KEY);
        assertThat(queue.get()).isEqualTo(KEY);
        queue.add(KEY);
        assertThat(queue.length()).isZero();

        queue.done(KEY);
        assertThat(queue.length()).isEqualTo(1);
    }

    @Test
    void theEarlierOfTwoDelaysCountsWhicheverIsAskedForFirst() {
        Request other = new Request("default", "other");
        queue.addAfter(KEY, NEVER);
        queue.addAfter(KEY, Duration.ofMillis(10));
        queue.addAfter(other, Duration.ofMillis(10));
        queue.addAfter(other, NEVER);

        await().until(() -> queue.length() == 2);
    }

    @Test
    void losesNoneOfManyDelayedKeys() {
        for (int i = 0; i < 5_000; i++) {
            queue.addAfter(new Request("default", "db-" + i), Duration.ofMillis(50));
        }

        await().until(() -> queue.length() == 5_000);
    }

    @Test
    void triesAKeyAgainAfterGrowingDelaysUntilItIsForgotten() {
        queue.addRateLimited(KEY);
        queue.addRateLimited(KEY);
        assertThat(queue.numRequeues(KEY)).isEqualTo(2);

        queue.forget(KEY);
        assertThat(queue.numRequeues(KEY)).isZero();
    }

    @Test
    void takesNothingMoreAfterItsEnd() {
        queue.addAfter(KEY, Duration.ofMillis(10));
        queue.shutDown();
        queue.add(KEY);
        queue.addAfter(KEY, Duration.ZERO);

        assertThat(queue.length()).isZero();
    }
}
