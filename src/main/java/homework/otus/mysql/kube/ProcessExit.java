package homework.otus.mysql.kube;

/** Ends the process at once, without shutdown hooks; the kubelet starts it anew. */
@FunctionalInterface
public interface ProcessExit {
    void halt(int status);
}
