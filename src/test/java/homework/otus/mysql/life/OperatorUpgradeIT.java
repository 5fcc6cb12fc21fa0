package homework.otus.mysql.life;

import static homework.otus.mysql.testing.AdmissionPolicy.replace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import homework.otus.mysql.testing.AdmissionPolicy;
import homework.otus.mysql.testing.Cluster;
import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.InProcessOperator;
import homework.otus.mysql.testing.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An operator that makes the servers' Pods otherwise than the one before. */
class OperatorUpgradeIT {
    private static final String ANOTHER_TEMPLATE = """
            {"metadata": {"annotations": {"otus.homework/digest": "another", "otus.homework/asked": null}},
             "spec": {"template": {"spec": {"terminationGracePeriodSeconds": 30}}}}
            """;
    private static final String GRACE = "{.spec.template.spec.terminationGracePeriodSeconds}";
    private static final String RESTART = "otus.homework/restartedAt=now";

    @Test
    void restartsOneDatabaseAfterTheOther() throws IOException {
        try (Sandbox sandbox = Sandbox.create("upgrade")) {
            List<Database> databases = databasesOfAnotherOperator(sandbox);
            try (Availability availability = Availability.watch(sandbox.namespace(), databases.size());
                    InProcessOperator operator = InProcessOperator.start(sandbox.namespace(), Map.of())) {
                for (Database database : databases) {
                    awaitGrace(database, "300");
                    database.awaitReason("SpecApplied", "Applied");
                    database.awaitReady();
                }
                assertThat(availability.mostDownAtOnce()).isEqualTo(1);
                assertThat(availability.timesDown())
                        .hasSize(3)
                        .allSatisfy((name, times) -> assertThat(times).isEqualTo(1));
                assertThat(databases.stream()
                                .filter(database -> database.events().stream()
                                        .anyMatch(event -> event.matches("RestartPending: .* in its turn, after .+")))
                                .count())
                        .isEqualTo(2);
                assertThat(operator.isDead()).isFalse();
            }
        }
    }

    @Test
    void aReleaseThatDoesNotServeTakesDownOneDatabase() throws IOException {
        try (Sandbox sandbox = Sandbox.create("bad-release")) {
            List<Database> databases = databasesOfAnotherOperator(sandbox);
            try (Availability availability = Availability.watch(sandbox.namespace(), databases.size())) {
                Database down;
                try (var badRelease = AdmissionPolicy.in(sandbox.namespace())
                                .mutate(
                                        "apps/deployments",
                                        "object.spec.template.spec.terminationGracePeriodSeconds == 300",
                                        replace("/spec/template/spec/containers/0/command", "['false']"))
                                .enforce();
                        InProcessOperator operator = InProcessOperator.start(sandbox.namespace(), Map.of())) {
                    down = await().atMost(Duration.ofMinutes(3))
                            .until(() -> first(databases, OperatorUpgradeIT::failed), found -> found != null);
                    for (Database other : others(databases, down)) {
                        assertThat(other.condition("SpecApplied").reason()).isEqualTo("RestartPending");
                        assertThat(other.condition("Ready").status()).isEqualTo("True");
                    }
                    assertThat(operator.isDead()).isFalse();
                }
                Database edited = others(databases, down).get(0);
                Database waiting = others(databases, down).get(1);
                assertThat(availability.timesDown()).containsOnlyKeys(down.name());
                // Else another leader would put it right by itself.
                down.patch("{\"spec\":{\"paused\":true}}");
                try (InProcessOperator operator = InProcessOperator.start(sandbox.namespace(), Map.of())) {
                    edited.kubectl()
                            .run("annotate", "ms", edited.name(), RESTART)
                            .orFail();
                    awaitGrace(edited, "300");
                    edited.awaitReason("SpecApplied", "Applied");
                    assertThat(waiting.condition("SpecApplied").reason()).isEqualTo("RestartPending");
                    assertThat(waiting.condition("SpecApplied").message())
                            .endsWith("in its turn, after " + down.name());
                    assertThat(waiting.read("deployment/" + waiting.name(), GRACE))
                            .isEqualTo("30");

                    down.patch("{\"spec\":{\"paused\":false}}");
                    for (Database database : databases) {
                        awaitGrace(database, "300");
                        database.awaitReason("SpecApplied", "Applied");
                    }
                    assertThat(availability.timesDown())
                            .hasSize(3)
                            .allSatisfy((name, times) -> assertThat(times).isEqualTo(1));
                    assertThat(operator.isDead()).isFalse();
                }
            }
        }
    }

    /** Ready, and nobody works on them. */
    private static List<Database> databasesOfAnotherOperator(Sandbox sandbox) {
        List<Database> databases = Stream.of("one", "two", "three")
                .map(name ->
                        Database.in(sandbox.kubectl(), name).with("imageChange", Map.of("progressDeadlineSeconds", 30)))
                .toList();
        try (InProcessOperator operator = InProcessOperator.start(sandbox.namespace(), Map.of())) {
            databases.forEach(Database::create);
            databases.forEach(database -> database.awaitServing(database.name() + " created without restore-job"));
            databases.forEach(database -> database.awaitReason("SpecApplied", "Applied"));
            assertThat(operator.isDead()).isFalse();
        }
        for (Database database : databases) {
            sandbox.kubectl()
                    .run("patch", "deployment", database.name(), "--type=merge", "--patch=" + ANOTHER_TEMPLATE)
                    .orFail();
        }
        for (Database database : databases) {
            sandbox.kubectl()
                    .run("rollout", "status", "deployment/" + database.name(), "--timeout=240s")
                    .orFail();
        }
        return databases;
    }

    private static void awaitGrace(Database database, String seconds) {
        database.kubectl()
                .run(
                        "wait",
                        "deployment/" + database.name(),
                        "--for=jsonpath=" + GRACE + "=" + seconds,
                        "--timeout=240s")
                .orFail();
    }

    private static boolean failed(Database database) {
        return database.condition("SpecApplied").reason().equals("RestartFailed");
    }

    private static List<Database> others(List<Database> databases, Database but) {
        return databases.stream().filter(database -> database != but).toList();
    }

    private static Database first(List<Database> databases, Predicate<Database> is) {
        return databases.stream().filter(is).findFirst().orElse(null);
    }

    /** Each change of which servers are available, as the API server tells it. */
    private record Availability(Process kubectl, Path lines) implements AutoCloseable {
        static Availability watch(String namespace, int deployments) throws IOException {
            Path lines = Files.createTempFile("availability", ".txt");
            Cluster cluster = Cluster.current();
            ProcessBuilder builder = new ProcessBuilder(
                            cluster.kubectlProgram(),
                            "--namespace=" + namespace,
                            "get",
                            "deployments",
                            "--watch",
                            "--no-headers",
                            "--output=custom-columns=NAME:.metadata.name,AVAILABLE:.status.availableReplicas")
                    .redirectOutput(lines.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("KUBECONFIG", cluster.kubeconfig().toString());
            Availability watch = new Availability(builder.start(), lines);
            await().until(() -> watch.changes().size() >= deployments);
            return watch;
        }

        int mostDownAtOnce() throws IOException {
            Map<String, Boolean> up = new HashMap<>();
            int most = 0;
            for (String[] change : changes()) {
                up.put(change[0], isUp(change));
                most = Math.max(
                        most, (int) up.values().stream().filter(is -> !is).count());
            }
            return most;
        }

        /** Of each that was down at all. */
        Map<String, Integer> timesDown() throws IOException {
            Map<String, Boolean> up = new HashMap<>();
            Map<String, Integer> times = new HashMap<>();
            for (String[] change : changes()) {
                if (!isUp(change) && up.getOrDefault(change[0], true)) {
                    times.merge(change[0], 1, Integer::sum);
                }
                up.put(change[0], isUp(change));
            }
            return times;
        }

        private static boolean isUp(String[] change) {
            return change[1].equals("1");
        }

        private List<String[]> changes() throws IOException {
            return Files.readAllLines(lines).stream()
                    .map(line -> line.trim().split("\\s+"))
                    .filter(change -> change.length == 2)
                    .toList();
        }

        @Override
        public void close() {
            kubectl.destroy();
        }
    }
}
