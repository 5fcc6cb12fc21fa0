package homework.otus.mysql.archive;

import homework.otus.mysql.job.Arguments;
import homework.otus.mysql.job.JobFailure;
import java.util.Arrays;
import java.util.Locale;

/** What the operator knows of the data on a volume. */
public enum HasServed {
    /** No server ever became ready on it. */
    NO,
    /** A server became ready on it, and answered until it was stopped. */
    YES,
    /** A server became ready on it, but the last one did not answer when it was stopped. */
    FAILING;

    /** Whether there must be a data directory. */
    boolean once() {
        return this != NO;
    }

    /** As it is in an argument. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static HasServed parse(Arguments arguments, String key) throws JobFailure {
        String word = arguments.oneOf(
                key, Arrays.stream(values()).map(HasServed::word).toList());
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
