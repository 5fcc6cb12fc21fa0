package homework.otus.mysql.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.util.Yaml;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LingeringTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String LONG_AGO = "deletionTimestamp: 2026-11-21T11:58:00Z";

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "nobody told it to go||node-1|Running|",
                "just now|deletionTimestamp: 2026-11-21T11:59:30Z|node-1|Running|",
                "its node is gone|" + LONG_AGO + "|node-1|Running|Pod a, which does not end on node node-1",
                "it was on none|" + LONG_AGO + "||Pending|Pod a, which does not end",
                "held|finalizers: [example.com/hold], " + LONG_AGO
                        + "|node-1|Succeeded|Pod a, which keeps the finalizer example.com/hold",
                "held by Kubernetes|finalizers: [batch.kubernetes.io/job-tracking], " + LONG_AGO + "|node-1|Succeeded|"
            })
    void ofPods(String situation, String metadata, String node, String phase, String words) {
        V1Pod pod = Yaml.loadAs(
                "{metadata: {name: a" + (metadata == null ? "" : ", " + metadata) + "}, spec: {"
                        + (node == null ? "" : "nodeName: " + node) + "}, status: {phase: " + phase + "}}",
                V1Pod.class);

        assertThat(String.join("", Lingering.of(Stream.of(pod), NOW))).isEqualTo(words == null ? "" : words);
    }

    @Test
    void ofOthers() {
        V1PersistentVolumeClaim claim = Yaml.loadAs(
                "{metadata: {name: c, finalizers: [kubernetes.io/pvc-protection, otus.homework/final-backup, x.io/y], "
                        + LONG_AGO + "}}",
                V1PersistentVolumeClaim.class);

        V1Deployment deployment = Yaml.loadAs(
                "{metadata: {name: d, finalizers: [foregroundDeletion], " + LONG_AGO + "}}", V1Deployment.class);

        assertThat(Lingering.of(Stream.of(deployment), NOW)).containsExactly("Deployment d, whose Pods nobody ends");
        assertThat(Lingering.of(Stream.of(claim, deployment, null), NOW))
                .containsExactly("PersistentVolumeClaim c, which keeps the finalizer x.io/y");
    }
}
