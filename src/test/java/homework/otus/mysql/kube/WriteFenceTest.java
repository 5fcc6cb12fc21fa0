package homework.otus.mysql.kube;

import static org.assertj.core.api.Assertions.assertThat;

import okhttp3.HttpUrl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriteFenceTest {
    @ParameterizedTest
    @CsvSource({
        "/api/v1/namespaces/default/secrets, secrets",
        "/api/v1/namespaces/default/pods/a, pods",
        "/api/v1/namespaces/default/pods/a/status, pods/status",
        "/apis/batch/v1/namespaces/default/jobs/j, jobs",
        "/apis/otus.homework/v1/namespaces/default/mysqls/m/status, mysqls/status",
        "/apis/otus.homework/v1/mysqls, mysqls",
        "/api/v1/namespaces, namespaces",
        "/api/v1/namespaces/default, namespaces",
        "/version, unknown",
    })
    void namesAResourceAsRbacDoes(String path, String resource) {
        assertThat(WriteFence.resource(HttpUrl.get("http://127.0.0.1" + path))).isEqualTo(resource);
    }
}
