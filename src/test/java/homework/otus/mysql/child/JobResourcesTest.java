package homework.otus.mysql.child;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import io.kubernetes.client.util.Yaml;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobResourcesTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                            | 100m 256Mi | 2 512Mi",
                "{limits: {memory: 400Mi}}                     | 100m 256Mi | 2 400Mi",
                "{limits: {cpu: 50m, memory: 200Mi}}           | 50m 200Mi  | 50m 200Mi",
                "{requests: {memory: 1Gi}}                     | 100m 1Gi   | 2 1Gi",
                "{requests: {cpu: 4}, limits: {memory: 600Mi}} | 4 256Mi    | 4 600Mi"
            })
    void bothSidesOfBothAreSet(String asked, String requests, String limits) {
        V1ResourceRequirements resources = JobResources.of(Yaml.loadAs(asked, V1ResourceRequirements.class));

        assertThat(text(resources.getRequests())).isEqualTo(requests);
        assertThat(text(resources.getLimits())).isEqualTo(limits);
    }

    private static String text(java.util.Map<String, io.kubernetes.client.custom.Quantity> quantities) {
        return quantities.get("cpu").toSuffixedString() + " "
                + quantities.get("memory").toSuffixedString();
    }
}
