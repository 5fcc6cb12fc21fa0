package homework.otus.mysql.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PasswordAdviceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AccessDenied    | it says Run `kubectl rollout restart deployment/db`: at its start the server makes the"
                        + " operator's account anew. Then this is tried again.",
                "AccountDenied   | it says: look at the account in MySQL, as the account mysql-operator whose password is in"
                        + " the Secret db-credentials.",
                "PasswordRefused | it says: choose another in spec.password, or correct what the server objects to.",
                "SessionRefused  | it says: `kubectl logs deployment/db` says why. offline_mode does so, and init_connect, and"
                        + " too many connections. It is tried again.",
                "Unreachable     | it says. Look at its Pod, `kubectl describe pod -l app=db`, and whether its configuration"
                        + " turns TLS off.",
                "SecretNotFresh  | it says",
            })
    void saysWhatToDo(FailureReason reason, String told) {
        assertThat(PasswordAdvice.of("db", JobResult.failed(reason, "it says"))).isEqualTo(told);
    }

    @ParameterizedTest
    @EnumSource
    void whatTheProgramSaysComesFirst(FailureReason reason) {
        assertThat(PasswordAdvice.of("db", JobResult.failed(reason, "it says"))).startsWith("it says");
    }
}
