package homework.otus.mysql.archive;

import homework.otus.mysql.job.Arguments;
import homework.otus.mysql.job.Job;
import homework.otus.mysql.job.JobFailure;
import homework.otus.mysql.job.JobResult;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The backup Job's program. Answers with a {@link JobResult}, and exits with 1 if it failed.
 *
 * <ul>
 *   <li>{@code --data=/data}: where the data volume is mounted, read-only will do
 *   <li>{@code --backups=/backups}: where the backup volume is mounted; absent where there is none: then it is only looked
 *       whether there is anything to back up, and {@code --data} and {@code --served} are all that is needed
 *   <li>{@code --id=…}: names the archive, with its time; the MySQL object's uid
 *   <li>{@code --name=…}, {@code --namespace=…}, {@code --mysql-uid=…}: of the MySQL object
 *   <li>{@code --data-claim-uid=…}: of the data volume's claim
 *   <li>{@code --server-image=…}: that last served the data
 *   <li>{@code --served=yes|no|failing}: whether a server became ready on the data; failing where the last one did not
 *       answer when it was stopped
 *   <li>{@code --keep=3}: how many complete archives stay, at least 1
 *   <li>{@code --termination-log=/dev/termination-log}
 * </ul>
 */
public final class BackupJob {
    private static final Set<String> KEYS = Set.of(
            "data",
            "backups",
            "id",
            "name",
            "namespace",
            "mysql-uid",
            "data-claim-uid",
            "server-image",
            "served",
            "keep",
            "termination-log");

    private BackupJob() {}

    public static void main(String[] args) {
        Job.main(args, progress -> {
            Arguments arguments = Arguments.parse(args, KEYS);
            return arguments.optionalText("backups") == null
                    ? new Look(arguments.path("data"), served(arguments)).run()
                    : new Backup(request(arguments), new RealDisk(), progress, Clock.systemUTC()).run();
        });
    }

    private static HasServed served(Arguments arguments) throws JobFailure {
        return HasServed.valueOf(
                arguments.oneOf("served", List.of("yes", "no", "failing")).toUpperCase(Locale.ROOT));
    }

    private static Backup.Request request(Arguments arguments) throws JobFailure {
        return new Backup.Request(
                arguments.path("data"),
                arguments.path("backups"),
                arguments.word("id"),
                arguments.text("namespace"),
                arguments.text("name"),
                arguments.text("mysql-uid"),
                arguments.text("data-claim-uid"),
                arguments.text("server-image"),
                served(arguments),
                arguments.positive("keep", 3));
    }
}
