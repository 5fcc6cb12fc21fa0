package homework.otus.mysql.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.util.Yaml;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PodReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String RUNNING =
            "{name: mysql, image: m, imageID: i, restartCount: 0, ready: true, state: {running: {}}}";

    @ParameterizedTest(name = "{0}")
    @MethodSource("pods")
    void tellsTheTrouble(String situation, String status, Trouble trouble) {
        assertThat(PodReader.worst(List.of(pod(status)), NOW)).isEqualTo(trouble);
    }

    static Stream<Arguments> pods() {
        return Stream.of(
                arguments("new", "{}", Trouble.NONE),
                arguments("running", "{containerStatuses: [" + RUNNING + "]}", Trouble.NONE),
                arguments(
                        "no node",
                        "{conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable, lastTransitionTime:"
                                + " '2026-11-21T11:59:49Z'}]}",
                        Trouble.UNSCHEDULABLE),
                arguments(
                        "no node yet, while claims are being bound",
                        "{conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable, lastTransitionTime:"
                                + " '2026-11-21T11:59:51Z'}]}",
                        Trouble.NONE),
                arguments("no such image", waiting("ErrImagePull"), Trouble.IMAGE),
                arguments("no such image, a while later", waiting("ImagePullBackOff"), Trouble.IMAGE),
                arguments("no such key in a Secret", waiting("CreateContainerConfigError"), Trouble.CONTAINER_CONFIG),
                arguments("being made", waiting("ContainerCreating"), Trouble.NONE),
                arguments("ended with an error", ended("mysql", 1), Trouble.CRASHING),
                arguments("ended in order", ended("mysql", 0), Trouble.NONE),
                arguments(
                        "between two restarts",
                        "{containerStatuses: [{name: mysql, image: m, imageID: i, restartCount: 3, ready: false,"
                                + " state: {running: {}}, lastState: {terminated: {exitCode: 1}}}]}",
                        Trouble.CRASHING),
                arguments(
                        "recovered from a crash",
                        "{containerStatuses: [{name: mysql, image: m, imageID: i, restartCount: 3, ready: true,"
                                + " state: {running: {}}, lastState: {terminated: {exitCode: 1}}}]}",
                        Trouble.NONE),
                arguments("the start script fails", ended("initialise", 1), Trouble.INITIALISATION));
    }

    @Test
    void onePodThatIsGoneIsNoTrouble() {
        V1Pod pod = pod(ended("mysql", 1));
        pod.getMetadata().setDeletionTimestamp(OffsetDateTime.parse("2026-11-21T12:00:00Z"));

        assertThat(PodReader.worst(List.of(pod), NOW)).isEqualTo(Trouble.NONE);
    }

    @Test
    void findsTheLastEndOfAContainer() {
        assertThat(PodReader.lastExitCode(pod(ended("initialise", 3)), "initialise"))
                .isEqualTo(3);
        assertThat(PodReader.lastExitCode(pod("{containerStatuses: [" + RUNNING + "]}"), "mysql"))
                .isEqualTo(-1);
    }

    private static String waiting(String reason) {
        return "{containerStatuses: [{name: mysql, image: m, imageID: i, restartCount: 0, ready: false, state: {waiting:"
                + " {reason: " + reason + "}}}]}";
    }

    private static String ended(String container, int exitCode) {
        return "{initContainerStatuses: [{name: " + container + ", image: m, imageID: i, restartCount: 0, ready: false,"
                + " state: {terminated: {exitCode: " + exitCode + "}}}]}";
    }

    static V1Pod pod(String status) {
        return Yaml.loadAs("{metadata: {name: p}, status: " + status + "}", V1Pod.class);
    }
}
