package homework.otus.mysql.program.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryNameTest {
    @ParameterizedTest
    @CsvSource({
        "ibdata1, ibdata1",
        "#innodb_redo/#ib_redo0, #innodb_redo/#ib_redo0",
        "a b, a b",
        "50%, 50%25",
        "\u00e4, %E4",
        "'a\nb', a%0Ab",
    })
    void isWrittenInPrintableAscii(String bytes, String text) throws IOException {
        assertThat(new EntryName(bytes)).hasToString(text);
        assertThat(EntryName.parse(text)).isEqualTo(new EntryName(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/etc/passwd",
                "a/",
                "a//b",
                ".",
                "..",
                "../x",
                "a/../b",
                "a/..",
                "./a",
                "%2e%2e/x",
                "a%00b",
                "%",
                "%4",
                "%zz",
                "\u00e4",
                "a%2F..%2Fb"
            })
    void isRefusedWhereItLeadsOutOrMeansNothing(String text) {
        assertThatThrownBy(() -> EntryName.parse(text)).isInstanceOf(IOException.class);
    }

    @Test
    void sortsAsAWalkGoes() {
        assertThat(Stream.of("a-b", "a.b", "a", "b", "a/z", "a/b/c", "a/b", "A", "a/b-c")
                        .map(EntryName::new)
                        .sorted())
                .extracting(EntryName::bytes)
                .containsExactly("A", "a", "a/b", "a/b/c", "a/b-c", "a/z", "a-b", "a.b", "b");
    }

    @Test
    void becomesAPathAndBack() {
        Path path = new EntryName("x/#a ?%\u00ff\n").in(Path.of("/data/odd #?% dir"));

        assertThat(path.getParent()).isEqualTo(Path.of("/data/odd #?% dir/x"));
        assertThat(EntryName.lastSegment(path)).isEqualTo("#a ?%\u00ff\n");
    }

    @Test
    void keepsTheNameOfADirectoryThatExistsAtTheRoot() {
        assertThat(EntryName.lastSegment(Path.of("/data/tmp"))).isEqualTo("tmp");
    }
}
