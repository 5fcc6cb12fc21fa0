package homework.otus.mysql.step;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A step's one answer.
 *
 * @param actions to be done now, by what they are for
 * @param halt what keeps the steps after it from being done; null: nothing
 * @param lookAgain when to look again although nothing has happened; null: an event will come
 * @param findings what users are told, whether it is this step's turn or not
 * @param pace where it stands with a restart that takes turns
 */
public record Advance(
        Map<Capability, List<Action>> actions,
        @Nullable Halt halt,
        @Nullable Duration lookAgain,
        List<Finding> findings,
        Pace pace) {
    /** Nothing is to be done, and nothing told. */
    public static final Advance NONE = new Advance(Map.of(), null, null, List.of(), Pace.FREE);

    public Advance {
        actions = Collections.unmodifiableMap(actions);
        findings = List.copyOf(findings);
    }

    public static Advance of(Capability capability, Action... actions) {
        return NONE.and(capability, actions);
    }

    public static Advance of(Capability capability, List<Action> actions) {
        return NONE.and(capability, actions);
    }

    public static Advance halting(Phase phase, @Nullable Finding... findings) {
        return NONE.halt(phase, findings);
    }

    public Advance and(Capability capability, Action... more) {
        return and(capability, List.of(more));
    }

    public Advance and(Capability capability, List<Action> more) {
        if (more.isEmpty()) {
            return this;
        }
        Map<Capability, List<Action>> all = new LinkedHashMap<>(actions);
        all.merge(capability, List.copyOf(more), Advance::joined);
        return new Advance(all, halt, lookAgain, findings, pace);
    }

    /** Both; of two halts, this one. */
    public Advance and(Advance other) {
        Advance both = this;
        for (Map.Entry<Capability, List<Action>> entry : other.actions.entrySet()) {
            both = both.and(entry.getKey(), entry.getValue());
        }
        return new Advance(
                both.actions,
                halt == null ? other.halt : halt,
                sooner(lookAgain, other.lookAgain),
                joined(findings, other.findings),
                other.pace == Pace.FREE ? pace : other.pace);
    }

    /** @param findings null ones are left out */
    public Advance halt(Phase phase, @Nullable Finding... findings) {
        return new Advance(actions, Halt.at(phase, findings), lookAgain, this.findings, pace);
    }

    public boolean halts() {
        return halt != null;
    }

    /** The same, but those after it are done. */
    public Advance withoutHalt() {
        return new Advance(actions, null, lookAgain, findings, pace);
    }

    /** @param more null ones are left out */
    public Advance telling(@Nullable Finding... more) {
        return new Advance(actions, halt, lookAgain, present(findings, more), pace);
    }

    Advance telling(List<Finding> more) {
        return new Advance(actions, halt, lookAgain, joined(findings, more), pace);
    }

    /** At that time at the latest. */
    public Advance lookingAgainAfter(@Nullable Duration delay) {
        return new Advance(actions, halt, sooner(lookAgain, delay), findings, pace);
    }

    public Advance at(Pace other) {
        return new Advance(actions, halt, lookAgain, findings, other);
    }

    static List<Finding> present(List<Finding> first, @Nullable Finding[] more) {
        List<Finding> all = new ArrayList<>(first);
        for (Finding finding : more) {
            if (finding != null) {
                all.add(finding);
            }
        }
        return all;
    }

    private static @Nullable Duration sooner(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
