package homework.otus.mysql.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import homework.otus.mysql.step.Action;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.util.Yaml;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobEndPatchTest {
    private static final String ENDED =
            "{type: 'otus.homework/ProgramEnded', status: 'True', reason: ProgramEnded, message: end}";
    private static final String TARGET = "{type: FailureTarget, status: 'True', reason: ProgramEnded, message: 'the"
            + " program failed; what else ran in its Pod is ended'}";

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{active: 1}|true|succeeded: 1, conditions: [ENDED]",
                "{active: 1, conditions: []}|true|succeeded: 1, conditions: [ENDED]",
                "{active: 1}|false|conditions: [ENDED, TARGET]",
                "{conditions: [{type: Suspended, status: 'False'}]}|true|succeeded: 1, conditions: [{type: Suspended,"
                        + " status: 'False'}, ENDED]"
            })
    void keepsTheConditionsThatAreThere(String before, boolean well, String after) {
        V1Job job = Yaml.loadAs("{metadata: {name: j, resourceVersion: '7'}, status: " + before + "}", V1Job.class);

        assertThat(JsonParser.parseString(
                        JobEndPatch.of(new Action.EndJob(job, "otus.homework/ProgramEnded", well, "end"))))
                .isEqualTo(JsonParser.parseString("{metadata: {resourceVersion: '7'}, status: {"
                        + after.replace("ENDED", ENDED).replace("TARGET", TARGET) + "}}"));
    }
}
