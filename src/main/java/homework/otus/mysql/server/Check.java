package homework.otus.mysql.server;

import homework.otus.mysql.child.ContainerNames;
import homework.otus.mysql.child.JobRun;
import homework.otus.mysql.program.archive.ServerVersion;
import homework.otus.mysql.program.archive.UpgradePath;
import org.jspecify.annotations.Nullable;

/**
 * Whether another image or configuration may take the server's place, as far as the check Job tells.
 *
 * @param message why not; empty where it passed or nothing is known yet
 */
public record Check(Verdict verdict, String message) {
    /** As mysqld marks it in what it says, and so in what {@code check.sh} passes on. */
    private static final String MYSQLD_REFUSES = "[ERROR]";

    /** What the Job tells. */
    public enum Verdict {
        PENDING,
        PASSED,
        VERSION_REFUSED,
        CONFIG_REFUSED,
        /** The Job failed without an answer. */
        FAILED
    }

    static Check of(JobRun job) {
        String wanted = job.messages().get(ContainerNames.WANTED);
        String present = job.messages().get(ContainerNames.PRESENT);
        if (!job.ours() || job.state() == JobRun.State.RUNNING) {
            return new Check(Verdict.PENDING, "");
        }
        if (job.state() == JobRun.State.FAILED) {
            return wanted != null && wanted.contains(MYSQLD_REFUSES)
                    ? new Check(Verdict.CONFIG_REFUSED, wanted.strip())
                    : new Check(Verdict.FAILED, "");
        }
        if (wanted == null || present == null) {
            return new Check(Verdict.FAILED, "");
        }
        @Nullable ServerVersion version = ServerVersion.parse(present).orElse(null);
        UpgradePath path =
                UpgradePath.between(version, ServerVersion.parse(wanted).orElse(null));
        return path.allowed()
                ? new Check(Verdict.PASSED, path.sentence())
                : new Check(
                        Verdict.VERSION_REFUSED,
                        path.sentence() + "; set spec.image to version " + version
                                + ", or to a supported step up from it.");
    }
}
