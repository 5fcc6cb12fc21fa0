package homework.otus.mysql.step;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A plan's actions while it is made. */
public final class Actions {
    private final Map<Capability, List<Action>> actions = new EnumMap<>(Capability.class);
    private final Map<Capability, Set<Capability>> needs = new EnumMap<>(Capability.class);

    /** To add to. */
    public List<Action> of(Capability capability) {
        return actions.computeIfAbsent(capability, c -> new ArrayList<>());
    }

    /** Beside what it needs in any case. */
    public void need(Capability capability, Capability needed) {
        needs.computeIfAbsent(capability, c -> EnumSet.noneOf(Capability.class)).add(needed);
    }

    List<Group> groups() {
        return actions.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> new Group(entry.getKey(), needsOf(entry.getKey()), entry.getValue()))
                .toList();
    }

    private Set<Capability> needsOf(Capability capability) {
        Set<Capability> all = EnumSet.noneOf(Capability.class);
        all.addAll(capability.needs());
        all.addAll(needs.getOrDefault(capability, Set.of()));
        return all;
    }
}
