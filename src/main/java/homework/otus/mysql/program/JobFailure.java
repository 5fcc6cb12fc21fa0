package homework.otus.mysql.program;

import org.jspecify.annotations.Nullable;

/**
 * Work that can't go on. The message says what was found and, where that is a disk or a file, what to do about it; what to
 * do in Kubernetes the operator says, by the reason.
 */
public final class JobFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final FailureReason reason;

    public JobFailure(FailureReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public JobFailure(FailureReason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public FailureReason reason() {
        return reason;
    }
}
