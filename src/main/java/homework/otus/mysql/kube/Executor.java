package homework.otus.mysql.kube;

import homework.otus.mysql.step.Action;
import homework.otus.mysql.step.Capability;
import homework.otus.mysql.step.Group;
import homework.otus.mysql.step.Setback;
import io.kubernetes.client.common.KubernetesObject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
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
     * @param owner the object that the actions are for
     * @throws RuntimeException where the API server can't be reached: the key is to be tried again
     */
    public <T extends KubernetesObject> Execution<T> execute(T owner, List<Group> groups) {
        return execute(owner, groups, new Writing(writer, owner));
    }

    @SuppressWarnings("unchecked") // an answer is cast to its own class
    static <T extends KubernetesObject> Execution<T> execute(
            T owner, List<Group> groups, Action.Visitor<WriteAnswer> writing) {
        T latest = owner;
        Set<Capability> notDone = new HashSet<>();
        List<Setback> setbacks = new ArrayList<>();
        for (Group group : groups) {
            if (!Collections.disjoint(group.needs(), notDone)) {
                notDone.add(group.capability());
                continue;
            }
            for (Action action : group.actions()) {
                WriteAnswer written = action.accept(writing);
                Problem problem = written.problem();
                if (problem != null) {
                    LOG.info("{}: {}", action.summary(), problem);
                }
                if (problem instanceof Problem.Refusal refusal) {
                    setbacks.add(new Setback(group.capability(), refusal.cause(), refusal.object(), refusal.words()));
                    notDone.add(group.capability());
                    break;
                }
                if (problem != null) {
                    return new Execution.Interrupted<>(problem);
                }
                LOG.info("{}", action.summary());
                if (written.object() != null && written.object().getClass() == owner.getClass()) {
                    latest = (T) written.object();
                }
            }
        }
        return new Execution.Done<>(latest, setbacks);
    }
}
