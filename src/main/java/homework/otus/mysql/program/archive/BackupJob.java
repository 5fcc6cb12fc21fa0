package homework.otus.mysql.program.archive;

import homework.otus.mysql.program.Arguments;
import homework.otus.mysql.program.Job;
import homework.otus.mysql.program.JobFailure;
import homework.otus.mysql.program.JobResult;
import homework.otus.mysql.program.Progress;
import java.time.Clock;

/**
 * The backup Job's program: does what a {@link BackupRequest} asks for or, without {@code --backups}, a {@link
 * LookRequest}. Answers with a {@link JobResult}, and exits with 1 if it failed.
 */
public final class BackupJob {
    private BackupJob() {}

    public static void main(String[] args) {
        Job.main(args, progress -> run(Arguments.parse(args, BackupRequest.KEYS), progress));
    }

    private static JobResult run(Arguments arguments, Progress progress) throws JobFailure {
        return arguments.optionalText(BackupRequest.BACKUPS) == null
                ? new Look(LookRequest.parse(arguments)).run()
                : new Backup(BackupRequest.parse(arguments), new RealDisk(), progress, Clock.systemUTC()).run();
    }
}
