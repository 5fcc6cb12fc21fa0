package homework.otus.mysql.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ManagedFieldsTest {
    private static final String CREATED = "{manager: mysql-operator, operation: Update, fieldsV1: {}}";
    private static final String STATUS = "{manager: mysql-operator, operation: Update, subresource: status}";
    private static final String APPLIED = "{manager: mysql-operator, operation: Apply}";
    private static final String OTHERS = "{manager: kubectl, operation: Update}";

    @ParameterizedTest
    @MethodSource
    void handsOverWhatWasCreated(String entries, String patch) {
        JsonObject object = JsonParser.parseString(
                        "{metadata: {resourceVersion: '7', managedFields: [" + entries + "]}}")
                .getAsJsonObject();
        assertThat(ManagedFields.handOver(object, "mysql-operator").orElse("")).isEqualTo(patch);
    }

    static Stream<Arguments> handsOverWhatWasCreated() {
        return Stream.of(
                arguments(CREATED, handOver(0)),
                arguments(OTHERS + ", " + STATUS + ", " + CREATED, handOver(2)),
                arguments(APPLIED + ", " + CREATED, ""),
                arguments(OTHERS + ", " + STATUS, ""),
                arguments("{operation: Update}, " + CREATED, handOver(1)),
                arguments("", ""));
    }

    private static String handOver(int entry) {
        return "[{\"op\":\"test\",\"path\":\"/metadata/resourceVersion\",\"value\":\"7\"},"
                + "{\"op\":\"replace\",\"path\":\"/metadata/managedFields/" + entry
                + "/operation\",\"value\":\"Apply\"}]";
    }
}
