package homework.otus.mysql.step;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something has to be done or waited for, before what comes after.
 *
 * @param phase as what
 * @param findings what it is in words; told of the one that halts first, and before all other findings
 */
public record Halt(Phase phase, List<Finding> findings) {
    public Halt {
        findings = List.copyOf(findings);
    }

    public static Halt at(Phase phase, @Nullable Finding... findings) {
        return new Halt(phase, Advance.present(List.of(), findings));
    }
}
