package homework.otus.mysql.step;

import java.util.List;
import java.util.Set;

/**
 * What is to be done for one capability.
 *
 * @param needs it is left for later where one of these was not taken
 * @param actions in order; the first that isn't taken ends the group
 */
public record Group(Capability capability, Set<Capability> needs, List<Action> actions) {
    public Group {
        needs = Set.copyOf(needs);
        actions = List.copyOf(actions);
    }
}
