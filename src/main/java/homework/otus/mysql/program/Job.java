package homework.otus.mysql.program;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs a Job's work and says how it ended, once: on standard output and in the container's termination message. */
public final class Job {
    public interface Work {
        JobResult run(Progress progress) throws JobFailure;
    }

    /** The argument of every Job that says where its answer goes. */
    public static final String TERMINATION_LOG = "termination-log";

    /** Where the kubelet looks for a container's termination message. */
    public static final String DEFAULT_TERMINATION_LOG = "/dev/termination-log";

    private static final String ARGUMENT = "--" + TERMINATION_LOG + "=";

    private final Path terminationLog;
    private final PrintStream out;
    private final AtomicBoolean answered = new AtomicBoolean();

    Job(Path terminationLog, PrintStream out) {
        this.terminationLog = terminationLog;
        this.out = out;
    }

    /** Does not return: exits with 1 after a failure, else with 0. */
    public static void main(String[] args, Work work) {
        Job job = new Job(terminationLog(args), System.out);
        Runtime.getRuntime().addShutdownHook(new Thread(job::interrupted, "interrupted"));
        System.exit(job.run(work));
    }

    /** Found before the arguments are checked: what is wrong with them must be told there too. */
    private static Path terminationLog(String[] args) {
        for (String arg : args) {
            if (arg.startsWith(ARGUMENT) && arg.length() > ARGUMENT.length()) {
                return Path.of(arg.substring(ARGUMENT.length()));
            }
        }
        return Path.of(DEFAULT_TERMINATION_LOG);
    }

    /** Returns the process's exit status. */
    int run(Work work) {
        JobResult result;
        try {
            result = work.run(new Progress(out, System::nanoTime));
        } catch (JobFailure e) {
            result = JobResult.failed(e.reason(), String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            e.printStackTrace(out);
            result = JobResult.failed(
                    FailureReason.IoError, "The Job met an error that it doesn't know (" + e + "): see its log.");
        }
        answer(result);
        return result.outcome() == JobOutcome.Failed ? 1 : 0;
    }

    private void interrupted() {
        answer(JobResult.failed(
                FailureReason.Interrupted,
                "The Job was stopped before it was done. Nothing is half done, and the next run does the rest."));
    }

    private void answer(JobResult result) {
        if (answered.getAndSet(true)) {
            return;
        }
        String json = result.toJson();
        try {
            Files.writeString(terminationLog, json + "\n");
        } catch (IOException e) {
            out.println("The result could not be written to " + terminationLog + ": " + e);
        }
        out.println(json);
        out.flush();
    }
}
