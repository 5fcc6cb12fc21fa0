package homework.otus.mysql.apply;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.plan.Action;
import io.kubernetes.client.extended.controller.reconciler.Request;
import jakarta.inject.Singleton;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out a plan's actions, in order, until one is not taken. */
@Singleton
public final class Executor {
    private static final Logger LOG = LoggerFactory.getLogger(Executor.class);

    private final ApiWriter writer;

    Executor(ApiWriter writer) {
        this.writer = writer;
    }

    /**
     * @param mysql the object that the actions are about
     * @throws RuntimeException where the API server can't be reached or fails: the key is to be tried again
     */
    public Outcome execute(MySQL mysql, List<Action> actions) {
        MySQL latest = mysql;
        Request key = new Request(
                mysql.getMetadata().getNamespace(), mysql.getMetadata().getName());
        for (Action action : actions) {
            Written written = action.accept(new Writing(writer, key, mysql));
            if (written.problem() != null) {
                LOG.info("{}: {}", action.summary(), written.problem());
                return written.problem();
            }
            LOG.info("{}", action.summary());
            if (written.object() instanceof MySQL answered) {
                latest = answered;
            }
        }
        return new Outcome.Done(latest);
    }
}
