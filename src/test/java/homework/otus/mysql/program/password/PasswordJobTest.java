package homework.otus.mysql.program.password;

import static homework.otus.mysql.program.JobFailureAssert.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PasswordJobTest {
    private static final String[] ARGUMENTS = {
        "--name=db",
        "--host=db",
        "--port=3306",
        "--secret=/none",
        "--life=uid-1",
        "--revision=2",
        "--step=change",
        "--patience=180"
    };

    private static void run(String... args) throws Exception {
        PasswordJob.run(args, new Progress(System.out, System::nanoTime));
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatTheOperatorWrites(PasswordTask step) throws Exception {
        PasswordRequest request = new PasswordRequest(
                "db", "10.1.2.3", 3306, Path.of("/run/credentials"), "uid-1", 2, step, Duration.ofSeconds(20));
        assertThat(PasswordRequest.parse(request.toArguments().toArray(String[]::new)))
                .isEqualTo(request);
    }

    @ParameterizedTest
    @CsvSource({"name", "host", "port", "secret", "life", "revision", "step", "patience"})
    void cannotDoWithout(String key) {
        String[] others = Stream.of(ARGUMENTS)
                .filter(argument -> !argument.startsWith("--" + key + "="))
                .toArray(String[]::new);

        assertFails(FailureReason.InvalidArgument, () -> run(others)).contains("--" + key);
    }

    @ParameterizedTest
    @CsvSource({
        "--host=db/?allowLoadLocalInfile=true, --host",
        "--port=x, --port",
        "--port=65536, --port",
        "--life=a'b, --life",
        "--revision=0, --revision",
        "--step=guess, 'change, discard, ensure'",
        "--password=p, There is no argument"
    })
    void refuses(String argument, String message) {
        String key = argument.substring(0, argument.indexOf('=') + 1);
        String[] all = Stream.concat(Stream.of(ARGUMENTS).filter(other -> !other.startsWith(key)), Stream.of(argument))
                .toArray(String[]::new);

        assertFails(FailureReason.InvalidArgument, () -> run(all)).contains(message);
    }
}
