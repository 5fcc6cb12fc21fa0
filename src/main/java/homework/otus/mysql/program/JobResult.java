package homework.otus.mysql.program;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a Job answers, as one line of JSON in its termination message. The archive's fields stand beside the others, as
 * in {@code {"outcome":"Complete","message":"…","existing":false,"id":"…","directory":"…","serverVersion":"9.7.4",…}};
 * those without a value are left out.
 *
 * @param reason set when and only when the outcome is {@link JobOutcome#Failed}
 * @param message for a user: what happened or, after a failure, what was found, as {@link JobFailure} has it
 * @param archive the archive that was written, found or restored; null if there is none
 * @param existing the backup found its archive complete already, from an earlier run
 */
public record JobResult(
        JobOutcome outcome,
        @Nullable FailureReason reason,
        String message,
        @Nullable ArchiveRecord archive,
        boolean existing) {
    /** What the kubelet takes of a termination message, in bytes. */
    public static final int LARGEST = 4096;

    public static JobResult of(JobOutcome outcome, String message, @Nullable ArchiveRecord archive) {
        return new JobResult(outcome, null, message, archive, false);
    }

    public static JobResult failed(FailureReason reason, String message) {
        return new JobResult(JobOutcome.Failed, reason, message, null, false);
    }

    /** One line, never larger than {@link #LARGEST}: a message that is too long is cut. */
    public String toJson() {
        String json = json(message);
        int kept = message.length();
        while (json.getBytes(StandardCharsets.UTF_8).length > LARGEST && kept > 0) {
            kept = kept * 3 / 4;
            json = json(message.substring(0, kept) + "…");
        }
        return json;
    }

    /**
     * Reads what {@link #toJson} writes; fields that aren't known are passed over.
     *
     * @throws IOException if the text is no such JSON, as when the Job was killed
     */
    public static JobResult parse(String json) throws IOException {
        JsonFields object = JsonFields.parse(json.strip());
        try {
            String reason = object.optionalString("reason");
            return new JobResult(
                    JobOutcome.valueOf(object.string("outcome")),
                    reason == null ? null : FailureReason.valueOf(reason),
                    object.string("message"),
                    object.names().contains("directory") ? ArchiveRecord.readFrom(object) : null,
                    Boolean.TRUE.equals(object.optionalBoolean("existing")));
        } catch (IllegalArgumentException e) {
            throw new IOException("an outcome or reason that this release doesn't know", e);
        }
    }

    private String json(String text) {
        JsonFields json = new JsonFields()
                .with("outcome", outcome)
                .with("reason", reason)
                .with("message", text)
                .with("existing", existing);
        return (archive == null ? json : archive.writeTo(json)).toLine();
    }
}
