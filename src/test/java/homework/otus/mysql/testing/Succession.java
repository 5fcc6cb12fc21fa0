package homework.otus.mysql.testing;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Operators one after another, as the kubelet starts them: the next one as soon as the last one is dead. */
public final class Succession implements AutoCloseable {
    private final String namespace;
    private final Map<String, Object> configuration;
    private final Supplier<Wiretap> fates;
    private final List<InProcessOperator> operators = new CopyOnWriteArrayList<>();
    private final Thread kubelet = new Thread(this::restart, "kubelet");

    private Succession(String namespace, Map<String, Object> configuration, Supplier<Wiretap> fates) {
        this.namespace = namespace;
        this.configuration = configuration;
        this.fates = fates;
        startNext();
        kubelet.setDaemon(true);
        kubelet.start();
    }

    /** Each does its work until it is told otherwise. */
    public static Succession of(String namespace) {
        return of(namespace, Map.of());
    }

    /** The same, with more of a configuration. */
    public static Succession of(String namespace, Map<String, Object> configuration) {
        return new Succession(namespace, configuration, () -> new Wiretap(() -> false));
    }

    /** Each dies right after its first write. */
    public static Succession dyingAfterEveryWrite(String namespace) {
        return dyingAfterEveryWrite(namespace, Map.of());
    }

    /** The same, with more of a configuration. */
    public static Succession dyingAfterEveryWrite(String namespace, Map<String, Object> configuration) {
        return new Succession(namespace, configuration, () -> new Wiretap(() -> true));
    }

    /**
     * One after another dies right after a write.
     *
     * @param left how many more writes there are until that one; the test may set it at any time
     * @param period how many there are from then on until the next one
     */
    public static Succession dyingAfterWrites(String namespace, AtomicInteger left, int period) {
        return new Succession(
                namespace,
                Map.of(),
                () -> new Wiretap(() -> left.getAndUpdate(writes -> writes > 1 ? writes - 1 : period) == 1));
    }

    /**
     * For each, the share of calls to fail by chance.
     *
     * @param share from 0 to 1
     */
    public static Succession onBadLines(String namespace, double share, long seed) {
        Random seeds = new Random(seed);
        return new Succession(namespace, Map.of(), () -> {
            Wiretap wiretap = new Wiretap(() -> false);
            wiretap.garble(share, seeds.nextLong());
            return wiretap;
        });
    }

    public int deaths() {
        return (int) operators.stream().filter(InProcessOperator::isDead).count();
    }

    /** All writes of all of them, in their order. */
    public List<ApiCall> writes() {
        return calls().filter(ApiCall::isWrite).toList();
    }

    public List<ApiCall> reads() {
        return calls().filter(ApiCall::isRead).toList();
    }

    private Stream<ApiCall> calls() {
        return operators.stream().flatMap(operator -> operator.calls().stream());
    }

    private InProcessOperator last() {
        return operators.get(operators.size() - 1);
    }

    private void startNext() {
        operators.add(InProcessOperator.start(namespace, configuration, fates.get()));
    }

    private void restart() {
        try {
            while (true) {
                InProcessOperator dead = last();
                dead.awaitDeath();
                dead.close();
                startNext();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws InterruptedException {
        kubelet.interrupt();
        kubelet.join();
        last().close();
    }
}
