package homework.otus.mysql.runtime;

/** Ends the process at once, without shutdown hooks; the kubelet starts it anew. */
@FunctionalInterface
public interface ProcessExit {
    void halt(int status);
}
