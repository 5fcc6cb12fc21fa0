package homework.otus.mysql.archive;

import org.jspecify.annotations.Nullable;

/** A backup or a restore that can't go on; the message is a sentence for a user that says what to do. */
public final class ArchiveFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final FailureReason reason;

    ArchiveFailure(FailureReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    ArchiveFailure(FailureReason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public FailureReason reason() {
        return reason;
    }
}
