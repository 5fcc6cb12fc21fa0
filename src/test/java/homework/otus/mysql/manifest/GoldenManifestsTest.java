package homework.otus.mysql.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.plan.Given;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.util.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Desired objects, word for word. {@code make golden} writes the files anew: read the difference before committing it. */
class GoldenManifestsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    @ParameterizedTest(name = "{0}")
    @MethodSource("manifests")
    void isAsWrittenDown(String name, KubernetesObject object) throws IOException {
        Path file = GOLDEN.resolve(name + ".yaml");
        String yaml = Yaml.dump(object);
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(file, yaml);
        }
        assertThat(yaml).isEqualTo(Files.readString(file));
    }

    static Stream<Arguments> manifests() {
        MySQL mysql = Given.mysql();
        return Stream.of(
                arguments("data-claim", Claims.data(mysql)),
                arguments("backup-claim", Claims.backup(mysql)),
                arguments("credentials", Credentials.of(mysql, "otuspassword")),
                arguments("service", ServerService.of(mysql)),
                arguments("deployment", ServerDeployment.of(mysql, "mysql:9.7")),
                arguments("backup-job", Given.JOBS.backup(mysql, "data-2", "mysql:9.7", 1)),
                arguments("restore-job", Given.JOBS.restore(mysql, "data-2", "mysql:9.7", 2)));
    }
}
