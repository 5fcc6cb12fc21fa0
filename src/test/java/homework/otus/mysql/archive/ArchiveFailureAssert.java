package homework.otus.mysql.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts that a Job fails, for which reason, and what it says. */
final class ArchiveFailureAssert {
    private ArchiveFailureAssert() {}

    static AbstractStringAssert<?> assertFails(FailureReason reason, ThrowingCallable work) {
        ArchiveFailure failure = catchThrowableOfType(ArchiveFailure.class, work);
        assertThat(failure).as("a failure").isNotNull();
        assertThat(failure.reason()).as(failure.getMessage()).isEqualTo(reason);
        return assertThat(failure.getMessage());
    }
}
