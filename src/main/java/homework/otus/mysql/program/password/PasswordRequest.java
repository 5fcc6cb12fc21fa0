package homework.otus.mysql.program.password;

import homework.otus.mysql.program.Arguments;
import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.Job;
import homework.otus.mysql.program.JobFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a password Job is asked for.
 *
 * @param name of the MySQL object, for the log
 * @param host of the server, a name or an address
 * @param port of the server
 * @param secret where the Secret with the passwords is mounted, see {@link MountedSecret}
 * @param life the MySQL object's uid
 * @param revision of the password that the change leads to, from 1
 * @param patience how long it waits for the Secret and for the server, in all; whole seconds
 */
public record PasswordRequest(
        String name,
        String host,
        int port,
        Path secret,
        String life,
        long revision,
        PasswordTask step,
        Duration patience) {
    private static final String NAME = "name";
    private static final String HOST = "host";
    private static final String PORT = "port";
    private static final String SECRET = "secret";
    private static final String LIFE = "life";
    private static final String REVISION = "revision";
    private static final String STEP = "step";
    private static final String PATIENCE = "patience";
    private static final Set<String> KEYS =
            Set.of(NAME, HOST, PORT, SECRET, LIFE, REVISION, STEP, PATIENCE, Job.TERMINATION_LOG);
    private static final int LAST_PORT = 65_535;

    public List<String> toArguments() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put(NAME, name);
        values.put(HOST, host);
        values.put(PORT, port);
        values.put(SECRET, secret);
        values.put(LIFE, life);
        values.put(REVISION, revision);
        values.put(STEP, Arguments.word(step));
        values.put(PATIENCE, patience.toSeconds());
        return Arguments.format(values);
    }

    /** The argument by which a Job tells which server it is for. */
    public static String hostArgument(String host) {
        return Arguments.format(Map.of(HOST, host)).get(0);
    }

    static PasswordRequest parse(String[] args) throws JobFailure {
        Arguments arguments = Arguments.parse(args, KEYS);
        return new PasswordRequest(
                arguments.text(NAME),
                arguments.address(HOST),
                port(arguments),
                arguments.path(SECRET),
                arguments.word(LIFE),
                arguments.positiveLong(REVISION),
                arguments.oneOf(STEP, PasswordTask.class),
                Duration.ofSeconds(arguments.positive(PATIENCE)));
    }

    private static int port(Arguments arguments) throws JobFailure {
        int port = arguments.positive(PORT);
        if (port > LAST_PORT) {
            throw new JobFailure(
                    FailureReason.InvalidArgument, "Argument --port=" + port + " is more than " + LAST_PORT + ".");
        }
        return port;
    }
}
