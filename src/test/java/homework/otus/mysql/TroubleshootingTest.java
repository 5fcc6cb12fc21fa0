package homework.otus.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.api.ConditionType;
import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.step.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/troubleshooting.md promises to explain. */
class TroubleshootingTest {

    static Stream<String> whatUsersRead() {
        return Stream.of(ConditionType.values(), Reason.values(), FailureReason.values())
                .flatMap(Arrays::stream)
                .map(Enum::name);
    }

    @ParameterizedTest
    @MethodSource("whatUsersRead")
    void isExplained(String word) throws IOException {
        assertThat(troubleshooting()).containsPattern("(## |`)" + word + "[:`]");
    }

    private static String troubleshooting() throws IOException {
        return Files.readString(Path.of("docs/troubleshooting.md"));
    }
}
