package homework.otus.mysql.program;

import static homework.otus.mysql.program.JobFailureAssert.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
    private static Arguments parse(String... args) throws JobFailure {
        return Arguments.parse(args, Set.of("data", "id", "keep"));
    }

    @Test
    void areReadByKey() throws Exception {
        Arguments arguments = parse("--data=/a=b", "--id=x-1", "--keep=2");

        assertThat(arguments.path("data")).isEqualTo(Path.of("/a=b"));
        assertThat(arguments.word("id")).isEqualTo("x-1");
        assertThat(arguments.positive("keep")).isEqualTo(2);
        assertFails(FailureReason.InvalidArgument, () -> parse().positive("keep"))
                .contains("--keep= is missing");
    }

    @ParameterizedTest
    @CsvSource({"--other=1, --other=1", "data=/x, data=/x", "--data, --data", "'', there are --data="})
    void areRefusedWhereTheyAreNotKnown(String argument, String message) {
        assertFails(FailureReason.InvalidArgument, () -> parse(argument)).contains(message);
    }

    @Test
    void areRefusedWhereOneIsGivenTwice() {
        assertFails(FailureReason.InvalidArgument, () -> parse("--id=1", "--id=1"))
                .contains("twice");
    }

    @ParameterizedTest
    @CsvSource({"--id=", "--id=../x", "--id=a/b", "--id=.hidden", "--id=a b"})
    void areRefusedWhereAWordIsNone(String argument) {
        assertFails(FailureReason.InvalidArgument, () -> parse(argument).word("id"))
                .contains("--id");
    }

    @ParameterizedTest
    @CsvSource({"--keep=0", "--keep=-1", "--keep=many", "--keep=99999999999"})
    void areRefusedWhereANumberIsNone(String argument) {
        assertFails(FailureReason.InvalidArgument, () -> parse(argument).positive("keep"))
                .contains("--keep");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "123456789012345678, 123456789012345678"})
    void mayBeLargeNumbers(String text, long number) throws Exception {
        assertThat(parse("--id=" + text).positiveLong("id")).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({"''", "0", "-1", "1.5", "9999999999999999999"})
    void areRefusedWhereALargeNumberIsNone(String text) {
        assertFails(FailureReason.InvalidArgument, () -> parse("--id=" + text).positiveLong("id"))
                .contains("--id");
    }

    @Test
    void mayBeOneOfSomeWords() throws Exception {
        assertThat(parse("--id=change").oneOf("id", List.of("change", "discard")))
                .isEqualTo("change");
        assertFails(FailureReason.InvalidArgument, () -> parse("--id=x").oneOf("id", List.of("change", "discard")))
                .contains("--id=x is none of change, discard");
    }
}
