package homework.otus.mysql.database;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.config.OperatorConfiguration;
import homework.otus.mysql.kube.Caches;
import homework.otus.mysql.kube.Queues;
import io.kubernetes.client.extended.controller.reconciler.Request;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Whose turn it is to be restarted for a newer operator's sake. Held in the leader's memory; a new leader reads from the
 * status of the databases which of them the one before was restarting.
 */
@Singleton
public final class Turns {
    /** Whether a database's status says that an operator is restarting it. */
    public interface Restarting {
        boolean test(MySQL mysql);
    }

    private final int atOnce;
    private final Consumer<Request> wake;
    private final Supplier<List<Request>> earlier;
    private final Set<Request> holders = new LinkedHashSet<>();
    private final Set<Request> waiting = new LinkedHashSet<>();
    private boolean inherited;

    @Inject
    Turns(OperatorConfiguration configuration, Queues queues, Caches caches, Restarting restarting) {
        this(
                configuration.getRestartsAtOnce(),
                queues.of(MySQL.class)::add,
                () -> caches.keys(MySQL.class).stream()
                        .filter(key -> caches.get(MySQL.class, key.getNamespace(), key.getName())
                                .filter(restarting::test)
                                .isPresent())
                        .toList());
    }

    Turns(int atOnce, Consumer<Request> wake, Supplier<List<Request>> earlier) {
        this.atOnce = atOnce;
        this.wake = wake;
        this.earlier = earlier;
    }

    /** It is the key's turn, from before or from now on. Else the key is woken when it is worth asking again. */
    public synchronized boolean take(Request key) {
        inherit();
        if (!holders.contains(key) && holders.size() >= atOnce) {
            waiting.add(key);
            return false;
        }
        waiting.remove(key);
        holders.add(key);
        return true;
    }

    /** The key needs no turn, or no longer. */
    public synchronized void giveBack(Request key) {
        inherit();
        holders.remove(key);
        waiting.remove(key);
        Iterator<Request> next = waiting.iterator();
        for (int free = atOnce - holders.size(); free > 0 && next.hasNext(); free--) {
            wake.accept(next.next());
            next.remove();
        }
    }

    public synchronized boolean holds(Request key) {
        inherit();
        return holders.contains(key);
    }

    public synchronized List<Request> holders() {
        inherit();
        return List.copyOf(holders);
    }

    /** Asked by the leader alone, so at its first question nobody else restarts anything any more. */
    private void inherit() {
        if (!inherited) {
            inherited = true;
            holders.addAll(earlier.get());
        }
    }
}
