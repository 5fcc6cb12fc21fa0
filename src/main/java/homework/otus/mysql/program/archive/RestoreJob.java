package homework.otus.mysql.program.archive;

import homework.otus.mysql.program.Job;
import homework.otus.mysql.program.JobFailure;
import homework.otus.mysql.program.JobResult;
import homework.otus.mysql.program.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The restore Job's program: a {@link RestoreRequest}. Answers with a {@link JobResult}, and exits with 1 if it failed. */
public final class RestoreJob {
    private RestoreJob() {}

    public static void main(String[] args) {
        Job.main(args, progress -> run(RestoreRequest.parse(args), progress));
    }

    private static JobResult run(RestoreRequest request, Progress progress) throws JobFailure {
        return new Restore(request, read(request.serverVersionFile()), new RealDisk(), progress).run();
    }

    private static @Nullable String read(@Nullable Path file) {
        try {
            return file == null ? null : Files.readString(file);
        } catch (IOException unknown) {
            return null;
        }
    }
}
