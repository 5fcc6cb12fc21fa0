package homework.otus.mysql.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartRefusalTest {
    private static final String SCRIPT = Script.read(CredentialFiles.INITIALISE);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FOUND_ARCHIVES | it has to be restored first",
                "CONFIG_REFUSED | takes \"$@\"",
                "DATA_MISSING   | now its data directory is missing"
            })
    void theScriptEndsWithItsCode(StartRefusal refusal, String where) {
        assertThat(SCRIPT).containsPattern(Pattern.quote(where) + "[^\n]*\n? *(\\|\\| )?exit " + refusal.exitCode());
    }

    @Test
    void theScriptEndsWithNoOtherCode() {
        List<String> codes = Pattern.compile("\\bexit ([1-9].*)")
                .matcher(SCRIPT)
                .results()
                .map(exit -> exit.group(1))
                .toList();

        assertThat(codes)
                .containsExactlyInAnyOrderElementsOf(Stream.of(StartRefusal.values())
                        .map(StartRefusal::exitCode)
                        .map(String::valueOf)
                        .toList());
    }
}
