package homework.otus.mysql.kube;

/** A monotonic clock that goes on while the process is stopped by SIGSTOP, in nanoseconds, as {@link System#nanoTime}. */
@FunctionalInterface
public interface NanoClock {
    long nanoTime();
}
