package homework.otus.mysql.kube;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.step.Action;
import homework.otus.mysql.step.Capability;
import homework.otus.mysql.step.Group;
import homework.otus.mysql.step.Setback;
import io.kubernetes.client.extended.controller.reconciler.Request;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out a plan. What is refused ends its own group and those that need it; everything else goes on. Where the plan
 * was made on what is no longer so, all ends.
 */
@Singleton
public final class Executor {
    private static final Logger LOG = LoggerFactory.getLogger(Executor.class);

    private final ApiWriter writer;

    Executor(ApiWriter writer) {
        this.writer = writer;
    }

    /**
     * @param mysql the object that the actions are about
     * @throws RuntimeException where the API server can't be reached: the key is to be tried again
     */
    public Execution execute(MySQL mysql, List<Group> groups) {
        Request key = new Request(
                mysql.getMetadata().getNamespace(), mysql.getMetadata().getName());
        return execute(mysql, groups, new Writing(writer, key, mysql));
    }

    static Execution execute(MySQL mysql, List<Group> groups, Action.Visitor<WriteAnswer> writing) {
        MySQL latest = mysql;
        Set<Capability> notDone = EnumSet.noneOf(Capability.class);
        List<Setback> setbacks = new ArrayList<>();
        for (Group group : groups) {
            if (!Collections.disjoint(group.needs(), notDone)) {
                notDone.add(group.capability());
                continue;
            }
            for (Action action : group.actions()) {
                WriteAnswer written = action.accept(writing);
                if (written.problem() != null) {
                    LOG.info("{}: {}", action.summary(), written.problem());
                }
                if (written.problem() instanceof Execution interrupted) {
                    return interrupted;
                }
                if (written.problem() instanceof Problem.Refusal refusal) {
                    setbacks.add(new Setback(group.capability(), refusal.kind(), refusal.message()));
                    notDone.add(group.capability());
                    break;
                }
                LOG.info("{}", action.summary());
                if (written.object() instanceof MySQL answered) {
                    latest = answered;
                }
            }
        }
        return new Execution.Done(latest, setbacks);
    }
}
