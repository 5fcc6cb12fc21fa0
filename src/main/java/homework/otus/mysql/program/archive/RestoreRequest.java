package homework.otus.mysql.program.archive;

import homework.otus.mysql.program.Arguments;
import homework.otus.mysql.program.Job;
import homework.otus.mysql.program.JobFailure;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a restore Job is asked for.
 *
 * @param data where the data volume is mounted
 * @param backups where the backup volume is mounted, read-only will do
 * @param name of the MySQL object, as is the namespace
 * @param served a server has served from the data volume
 * @param serverVersionFile holds what {@code mysqld --version} of the image that will serve the data prints; where it is
 *     null or can't be read, any version is taken
 * @param recorded the newest archive that the operator has proven on the backup volume; null where it knows of none
 */
public record RestoreRequest(
        Path data,
        Path backups,
        String namespace,
        String name,
        boolean served,
        @Nullable Path serverVersionFile,
        @Nullable String recorded) {
    private static final String DATA = "data";
    private static final String BACKUPS = "backups";
    private static final String NAME = "name";
    private static final String NAMESPACE = "namespace";
    private static final String SERVED = "served";
    private static final String SERVER_VERSION_FILE = "server-version-file";
    private static final String RECORDED = "recorded";
    private static final Set<String> KEYS =
            Set.of(DATA, BACKUPS, NAME, NAMESPACE, SERVED, SERVER_VERSION_FILE, RECORDED, Job.TERMINATION_LOG);

    public List<String> toArguments() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put(DATA, data);
        values.put(BACKUPS, backups);
        values.put(NAME, name);
        values.put(NAMESPACE, namespace);
        values.put(SERVED, served ? "yes" : "no");
        values.put(SERVER_VERSION_FILE, serverVersionFile);
        values.put(RECORDED, recorded);
        return Arguments.format(values);
    }

    static RestoreRequest parse(String[] args) throws JobFailure {
        Arguments arguments = Arguments.parse(args, KEYS);
        return new RestoreRequest(
                arguments.path(DATA),
                arguments.path(BACKUPS),
                arguments.text(NAMESPACE),
                arguments.text(NAME),
                "yes".equals(arguments.oneOf(SERVED, List.of("yes", "no"))),
                arguments.optionalText(SERVER_VERSION_FILE) == null ? null : arguments.path(SERVER_VERSION_FILE),
                arguments.optionalText(RECORDED));
    }
}
