package homework.otus.mysql.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.telemetry.OperatorMetrics.Outcome;
import io.kubernetes.client.extended.controller.reconciler.Request;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class ControllerTest {
    private static final Request KEY = new Request("default", "db");

    /** What the reconciler does at its nth call. */
    private interface Step {
        Result run(int call) throws Exception;
    }

    private final Fixture fixture = new Fixture();
    private final Queues queues = new Queues(fixture.metrics);
    private final KeyQueue queue = queues.of(MySQL.class);
    private final Expectations expectations = mock(Expectations.class);
    private final AtomicInteger calls = new AtomicInteger();
    private volatile Step step = call -> Result.done();
    private final Controller<MySQL> controller = new Controller<>(
            MySQL.class,
            this::reconcile,
            queues,
            mock(Caches.class),
            expectations,
            Fixture.configuration(),
            fixture.metrics,
            fixture.clock);

    @BeforeEach
    void start() {
        when(expectations.caughtUp(Key.of(MySQL.class, KEY))).thenReturn(true);
        when(expectations.describe(Key.of(MySQL.class, KEY))).thenReturn("");
        controller.start();
    }

    @AfterEach
    void stop() {
        controller.shutDown();
        controller.awaitEnd(Duration.ofSeconds(5));
    }

    @Test
    void aKeyThatIsDoneIsLeftAloneUntilItsNextEvent() {
        queue.add(KEY);
        await().until(() -> count(Outcome.DONE) == 1);
        queue.add(KEY);
        await().until(() -> count(Outcome.DONE) == 2);

        assertThat(calls).hasValue(2);
    }

    @Test
    void aKeyThatAsksForItIsCalledAgainAfterItsDelay() {
        step = call -> call == 1 ? Result.requeueAfter(Duration.ofMillis(10)) : Result.done();
        queue.add(KEY);

        await().until(() -> count(Outcome.REQUEUED) == 1 && count(Outcome.DONE) == 1);
    }

    @Test
    void whateverIsThrownIsTriedAgainAndEndsNoWorker() {
        step = call -> switch (call) {
            case 1 -> throw new IllegalStateException("a bug");
            case 2 -> throw new StackOverflowError();
            case 3 -> null;
            default -> Result.requeueAfter(Duration.ofHours(1));
        };
        queue.add(KEY);

        await().until(() -> count(Outcome.FAILED) == 3 && count(Outcome.REQUEUED) == 1);
        assertThat(queue.numRequeues(KEY))
                .as("failures are forgotten after a success")
                .isZero();
    }

    @Test
    void oneKeyIsNeverInWorkTwice() throws Exception {
        AtomicInteger atOnce = new AtomicInteger();
        List<Integer> seen = new CopyOnWriteArrayList<>();
        step = call -> {
            seen.add(atOnce.incrementAndGet());
            Thread.yield();
            atOnce.decrementAndGet();
            return Result.done();
        };
        for (int i = 0; i < 1_000; i++) {
            queue.add(KEY);
            queue.addAfter(KEY, Duration.ofMillis(1));
        }
        // All of them may have become one.
        await().until(() -> {
            queue.add(KEY);
            return calls.get() > 1;
        });
        await().until(() -> queue.length() == 0);

        assertThat(seen).containsOnly(1);
    }

    @Test
    void anEventDuringAReconcileBringsAnother() throws Exception {
        CountDownLatch inWork = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        step = call -> {
            inWork.countDown();
            goOn.await();
            return Result.done();
        };
        queue.add(KEY);
        inWork.await();
        queue.add(KEY);
        goOn.countDown();

        await().until(() -> count(Outcome.DONE) == 2);
    }

    @Test
    void aKeyIsNotPlannedOnCachesOlderThanItsOwnWrites() {
        when(expectations.caughtUp(Key.of(MySQL.class, KEY))).thenReturn(false, true);
        queue.add(KEY);
        await().until(() -> count(Outcome.WAITED) == 1);
        assertThat(calls).hasValue(0);

        await().until(() -> count(Outcome.DONE) == 1);
    }

    @Test
    void eachLogLineOfAReconcileBearsItsKey() {
        List<String> keys = new CopyOnWriteArrayList<>();
        step = call -> {
            keys.add(MDC.get("key"));
            return Result.done();
        };
        queue.add(KEY);
        await().until(() -> count(Outcome.DONE) == 1);

        assertThat(keys).containsExactly("default/db");
    }

    @Test
    void tellsHowLongTheSlowestReconcileHasBeenRunning() throws Exception {
        CountDownLatch inWork = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        step = call -> {
            inWork.countDown();
            goOn.await();
            return Result.done();
        };
        assertThat(controller.longestRunning()).isZero();
        queue.add(KEY);
        inWork.await();
        fixture.clock.advance(Duration.ofMinutes(6));
        assertThat(controller.longestRunning()).isEqualTo(Duration.ofMinutes(6));

        goOn.countDown();
        await().until(() -> controller.longestRunning().isZero());
    }

    @Test
    void stoppingWaitsForWhatIsInWorkAndTakesNoMore() throws Exception {
        CountDownLatch inWork = new CountDownLatch(1);
        step = call -> {
            inWork.countDown();
            Thread.yield();
            return Result.done();
        };
        queue.add(KEY);
        inWork.await();
        controller.shutDown();
        controller.awaitEnd(Duration.ofSeconds(5));
        queue.add(KEY);

        assertThat(count(Outcome.DONE)).isEqualTo(1);
        assertThat(calls).hasValue(1);
    }

    private Result reconcile(Request request, OperatorResourceLister<MySQL> lister) {
        try {
            return step.run(calls.incrementAndGet());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private long count(Outcome outcome) {
        Timer timer = fixture.meters
                .find("mysql.operator.reconcile")
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .timer();
        return timer == null ? 0 : timer.count();
    }
}
