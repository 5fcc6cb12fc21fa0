package homework.otus.mysql.kube;

/** This process may not write: another may be the leader by now. */
public final class LeaseNotHeldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeaseNotHeldException(String message) {
        super(message);
    }
}
