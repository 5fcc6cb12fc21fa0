package homework.otus.mysql.child;

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

public class PodReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String RUNNING =
            "{name: mysql, image: m, imageID: i, restartCount: 0, ready: true, state: {running: {}}}";

    @ParameterizedTest(name = "{0}")
    @MethodSource("pods")
    void tellsTheTrouble(String situation, String status, Trouble.Kind trouble) {
        assertThat(PodReader.worst(List.of(pod(status)), NOW).kind()).isEqualTo(trouble);
    }

    static Stream<Arguments> pods() {
        return Stream.of(
                arguments("new", "{}", Trouble.Kind.NONE),
                arguments("running", "{containerStatuses: [" + RUNNING + "]}", Trouble.Kind.NONE),
                arguments(
                        "no node",
                        "{conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable, lastTransitionTime:"
                                + " '2026-11-21T11:59:49Z'}]}",
                        Trouble.Kind.UNSCHEDULABLE),
                arguments(
                        "no node yet, while claims are being bound",
                        "{conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable, lastTransitionTime:"
                                + " '2026-11-21T11:59:51Z'}]}",
                        Trouble.Kind.NONE),
                arguments("no such image", waiting("ErrImagePull"), Trouble.Kind.IMAGE),
                arguments("no such image, a while later", waiting("ImagePullBackOff"), Trouble.Kind.IMAGE),
                arguments(
                        "no such key in a Secret",
                        waiting("CreateContainerConfigError"),
                        Trouble.Kind.CONTAINER_CONFIG),
                arguments("being made", waiting("ContainerCreating"), Trouble.Kind.NONE),
                arguments("ended with an error", ended("mysql", 1), Trouble.Kind.CRASHING),
                arguments("ended in order", ended("mysql", 0), Trouble.Kind.NONE),
                arguments(
                        "between two restarts",
                        "{containerStatuses: [{name: mysql, image: m, imageID: i, restartCount: 3, ready: false,"
                                + " state: {running: {}}, lastState: {terminated: {exitCode: 1}}}]}",
                        Trouble.Kind.CRASHING),
                arguments(
                        "recovered from a crash",
                        "{containerStatuses: [{name: mysql, image: m, imageID: i, restartCount: 3, ready: true,"
                                + " state: {running: {}}, lastState: {terminated: {exitCode: 1}}}]}",
                        Trouble.Kind.NONE),
                arguments("an added container ends again and again", added(2), Trouble.Kind.ADDED_CONTAINER),
                arguments("an added container has ended where none is restarted", added(0), Trouble.Kind.NONE),
                arguments("the start script fails", ended("initialise", 1), Trouble.Kind.INITIALISATION));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void tellsHowAContainerEnded(String situation, String container, String terminated, Trouble trouble) {
        String spec = "{metadata: {name: p}, spec: {initContainers: [{name: initialise, resources: {limits: {memory:"
                + " 64Mi}}}], containers: [{name: mysql}]}, status: {containerStatuses: [{name: %s, image: m, imageID:"
                + " i, restartCount: 1, ready: false, state: {terminated: %s}}]}}";

        assertThat(PodReader.worst(List.of(Yaml.loadAs(spec.formatted(container, terminated), V1Pod.class)), NOW))
                .isEqualTo(trouble);
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                arguments(
                        "with a code",
                        "mysql",
                        "{exitCode: 1, reason: Error}",
                        new Trouble(Trouble.Kind.CRASHING, "mysql", "exit code 1")),
                arguments(
                        "by a signal",
                        "mysql",
                        "{exitCode: 139, reason: Error}",
                        new Trouble(Trouble.Kind.CRASHING, "mysql", "signal 11")),
                arguments(
                        "with what mysqld calls an error, but nothing that may quote a statement",
                        "mysql",
                        "{exitCode: 1, message: \"[Note] n\\n1 [ERROR] [MY-000067] [Server] unknown variable\\n2 [ERROR]"
                                + " [MY-000061] [Server] near 's3cret'\"}",
                        new Trouble(
                                Trouble.Kind.CRASHING,
                                "mysql",
                                "exit code 1: 1 [ERROR] [MY-000067] [Server] unknown variable")),
                arguments(
                        "for want of memory",
                        "initialise",
                        "{exitCode: 137, reason: OOMKilled}",
                        new Trouble(Trouble.Kind.OUT_OF_MEMORY, "initialise", "64Mi")),
                arguments(
                        "for want of memory on the node",
                        "mysql",
                        "{exitCode: 137, reason: OOMKilled}",
                        new Trouble(Trouble.Kind.OUT_OF_MEMORY, "mysql", "")),
                arguments(
                        "for mysqld refuses an option",
                        "initialise",
                        "{exitCode: 4, message: '[ERROR] unknown option'}",
                        new Trouble(Trouble.Kind.CONFIG, "initialise", "[ERROR] unknown option")));
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

    private static String added(int restarts) {
        return "{containerStatuses: [" + RUNNING + ", {name: proxy, image: m, imageID: i, restartCount: " + restarts
                + ", ready: false, state: {terminated: {exitCode: 1}}}]}";
    }

    private static String waiting(String reason) {
        return "{containerStatuses: [{name: mysql, image: m, imageID: i, restartCount: 0, ready: false, state: {waiting:"
                + " {reason: " + reason + "}}}]}";
    }

    private static String ended(String container, int exitCode) {
        return "{initContainerStatuses: [{name: " + container + ", image: m, imageID: i, restartCount: 0, ready: false,"
                + " state: {terminated: {exitCode: " + exitCode + "}}}]}";
    }

    public static V1Pod pod(String status) {
        return Yaml.loadAs("{metadata: {name: p}, status: " + status + "}", V1Pod.class);
    }
}
