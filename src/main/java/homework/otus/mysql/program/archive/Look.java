package homework.otus.mysql.program.archive;

import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobFailure;
import homework.otus.mysql.program.JobOutcome;
import homework.otus.mysql.program.JobResult;
import org.jspecify.annotations.Nullable;

/** At the end of a database for whose backups there never was a volume: whether there is anything to back up. */
record Look(LookRequest request) {
    JobResult run() throws JobFailure {
        Mounts.require(request.data(), "data");
        DataDirectory source = new DataDirectory(new DataVolume(request.data()).directory());
        JobResult nothing = nothing(source, request.served());
        if (nothing == null) {
            throw new JobFailure(
                    FailureReason.NoBackupVolume,
                    "There is data on the data volume, and no backup volume to write it to; the Job waits for that now.");
        }
        return nothing;
    }

    /** Null where there is a data directory. */
    static @Nullable JobResult nothing(DataDirectory source, HasServed served) throws JobFailure {
        if (!source.isEmpty()) {
            return null;
        }
        if (served.once()) {
            throw new JobFailure(
                    FailureReason.DataMissing,
                    "A server has served from this volume, and now its data directory is missing");
        }
        return JobResult.of(
                JobOutcome.NothingToBackUp, "There is no data directory, so there is nothing to back up.", null);
    }
}
