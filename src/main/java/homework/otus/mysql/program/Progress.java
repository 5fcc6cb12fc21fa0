package homework.otus.mysql.program;

import java.io.PrintStream;
import java.util.function.LongSupplier;

/** Prints how far a long step is: every 5 seconds, or when another 5 % is done but at most once a second. */
public final class Progress {
    private static final long SECOND = 1_000_000_000L;
    private static final double MEGABYTE = 1e6;

    private final PrintStream out;
    private final LongSupplier nanoTime;
    private String step = "";
    private long total;
    private long done;
    private long started;
    private long printedAt;
    private long printedDone;

    /** @param nanoTime as {@link System#nanoTime} */
    public Progress(PrintStream out, LongSupplier nanoTime) {
        this.out = out;
        this.nanoTime = nanoTime;
    }

    /** A line of its own. */
    public void say(String line) {
        out.println(line);
    }

    /** Starts a step of {@code total} bytes; 0 if not known. */
    public void start(String step, long total) {
        this.step = step;
        this.total = total;
        done = 0;
        printedDone = 0;
        started = nanoTime.getAsLong();
        printedAt = started;
        out.println(step + (total > 0 ? ": " + megabytes(total) + " MB" : ""));
    }

    public void add(long bytes) {
        done += bytes;
        long now = nanoTime.getAsLong();
        long since = now - printedAt;
        boolean further = total > 0 && (done - printedDone) * 20 >= total;
        if (since >= 5 * SECOND || (since >= SECOND && further)) {
            print(now);
        }
    }

    public void end() {
        print(nanoTime.getAsLong());
    }

    private void print(long now) {
        double seconds = Math.max((now - started) / (double) SECOND, 1e-3);
        String of = total > 0 ? " of " + megabytes(total) + " MB (" + Math.min(100, done * 100 / total) + " %)" : " MB";
        out.println(step + ": " + megabytes(done) + of + ", " + Math.round(done / MEGABYTE / seconds) + " MB/s");
        printedAt = now;
        printedDone = done;
    }

    private static String megabytes(long bytes) {
        return String.valueOf(Math.round(bytes / MEGABYTE));
    }
}
