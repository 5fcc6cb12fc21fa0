package homework.otus.mysql.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What to do in Kubernetes about what a program found is for the operator to say. */
class ProgramWordsTest {
    static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/homework/otus/mysql/program"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("sources")
    void nameNoFieldOfASpecAndNoCommand(Path source) throws IOException {
        assertThat(Files.readString(source)).doesNotContain("spec.", "kubectl", "otus.homework/");
    }
}
