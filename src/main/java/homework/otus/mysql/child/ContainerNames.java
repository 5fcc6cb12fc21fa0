package homework.otus.mysql.child;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The containers that are ours, by name: admission may add others to any Pod. */
public final class ContainerNames {
    public static final String SERVER = "mysql";
    /** Runs before every start of the server. */
    public static final String INITIALISE = "initialise";

    /** Runs a Job's program; its termination message is the Job's answer. */
    public static final String JOB = "job";
    /** Of the Job that checks a change: the one with the image that the data is of. */
    public static final String PRESENT = "present";
    /** Of the Job that checks a change: the one with the image and configuration that are wanted. */
    public static final String WANTED = "wanted";

    /** A Job's own, who decide how it ends. */
    public static final Set<String> OF_JOBS = Set.of(JOB, PRESENT, WANTED);

    /** All of them. */
    public static final Set<String> OURS =
            Stream.concat(Stream.of(SERVER, INITIALISE), OF_JOBS.stream()).collect(Collectors.toUnmodifiableSet());

    private ContainerNames() {}
}
