package homework.otus.mysql.program.archive;

import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobFailure;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directories that the Job's volumes are mounted at. */
final class Mounts {
    private Mounts() {}

    /** @throws JobFailure if there is no such directory: an absent volume must not be taken for an empty one */
    static void require(Path directory, String volume) throws JobFailure {
        if (!Files.isDirectory(directory)) {
            throw new JobFailure(
                    FailureReason.InvalidArgument,
                    "The " + volume + " volume is not mounted at " + directory + ": check the Job's Pod.");
        }
    }
}
