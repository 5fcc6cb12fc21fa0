package homework.otus.mysql.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts that a Job fails, for which reason, and what it says. */
public final class JobFailureAssert {
    private JobFailureAssert() {}

    public static AbstractStringAssert<?> assertFails(FailureReason reason, ThrowingCallable work) {
        JobFailure failure = catchThrowableOfType(JobFailure.class, work);
        assertThat(failure).as("a failure").isNotNull();
        assertThat(failure.reason()).as(failure.getMessage()).isEqualTo(reason);
        return assertThat(failure.getMessage());
    }
}
