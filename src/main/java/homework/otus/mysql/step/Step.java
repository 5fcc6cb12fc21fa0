package homework.otus.mysql.step;

import java.util.List;
import java.util.function.Predicate;

/**
 * A step towards what is asked for. Pure and total: every observation has an answer, and the same one has the same.
 *
 * @param <O> what is observed
 */
@FunctionalInterface
public interface Step<O> {
    Advance advance(O observed);

    /** The same, but only where the condition holds. */
    default Step<O> when(Predicate<? super O> condition) {
        return observed -> condition.test(observed) ? advance(observed) : Advance.NONE;
    }

    /**
     * All of them as one. What comes after the first that halts is not done, and only tells what it has found: that is as
     * true before its turn.
     */
    static <O> Step<O> inOrder(List<Step<O>> steps) {
        return observed -> {
            Advance all = Advance.NONE;
            for (Step<O> step : steps) {
                Advance next = step.advance(observed);
                all = all.halts() ? all.telling(next.findings()) : all.and(next);
            }
            return all;
        };
    }
}
