package homework.otus.mysql.archive;

import homework.otus.mysql.job.Arguments;
import homework.otus.mysql.job.Job;
import homework.otus.mysql.job.JobFailure;
import homework.otus.mysql.job.JobResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The restore Job's program. Answers with a {@link JobResult}, and exits with 1 if it failed.
 *
 * <ul>
 *   <li>{@code --data=/data}: where the data volume is mounted
 *   <li>{@code --backups=/backups}: where the backup volume is mounted, read-only will do
 *   <li>{@code --name=…}, {@code --namespace=…}: of the MySQL object
 *   <li>{@code --served=yes|no}: whether a server has served from the data volume
 *   <li>{@code --server-version-file=…}: what {@code mysqld --version} of the image that will serve the data prints;
 *       without it, or if it can't be read, any version is taken
 *   <li>{@code --recorded=…}: the newest archive that the operator has proven on the backup volume, if it knows of any
 *   <li>{@code --termination-log=/dev/termination-log}
 * </ul>
 */
public final class RestoreJob {
    private static final Set<String> KEYS = Set.of(
            "data", "backups", "name", "namespace", "served", "server-version-file", "recorded", "termination-log");

    private RestoreJob() {}

    public static void main(String[] args) {
        Job.main(args, progress -> new Restore(request(args), new RealDisk(), progress).run());
    }

    private static Restore.Request request(String[] args) throws JobFailure {
        Arguments arguments = Arguments.parse(args, KEYS);
        return new Restore.Request(
                arguments.path("data"),
                arguments.path("backups"),
                arguments.text("namespace"),
                arguments.text("name"),
                "yes".equals(arguments.oneOf("served", List.of("yes", "no"))),
                read(arguments.optionalText("server-version-file")),
                arguments.optionalText("recorded"));
    }

    private static @Nullable String read(@Nullable String file) {
        try {
            return file == null ? null : Files.readString(Path.of(file));
        } catch (IOException unknown) {
            return null;
        }
    }
}
