package homework.otus.mysql.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import homework.otus.mysql.api.MySQL;
import io.kubernetes.client.extended.controller.reconciler.Request;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import io.micronaut.runtime.server.EmbeddedServer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The runtime as Micronaut wires it, with a reconciler that does nothing. */
class OperatorTest {
    private static final String LEASE = FakeApi.LEASES + "/mysql-operator";

    private final FakeApi api = new FakeApi();
    private EmbeddedServer server = start();

    @AfterEach
    void close() {
        server.close();
        api.close();
    }

    @Test
    void aReplicaThatLeadsReconcilesWhatWasThereBeforeItAndWhatComesLater() {
        api.put(FakeApi.MYSQLS + "/before", "{\"spec\":{}}");
        await().until(() -> seen().reconciled.contains(new Request("default", "before")));
        api.put(FakeApi.MYSQLS + "/later", "{\"spec\":{}}");
        await().until(() -> seen().reconciled.contains(new Request("default", "later")));

        assertThat(server.getApplicationContext().getBean(Leadership.class).isValid())
                .isTrue();
    }

    @Test
    void aReplicaThatStandsByIsReadyButReconcilesNothingUntilItLeads() throws IOException {
        await().until(() -> leads(server));
        EmbeddedServer standby = start();
        try {
            api.put(FakeApi.MYSQLS + "/db", "{\"spec\":{}}");
            await().until(() -> get(standby, "/health/readiness").contains("\"status\":\"UP\""));
            assertThat(get(standby, "/health/readiness")).contains("\"leader\":false");
            Seen ofStandby = standby.getApplicationContext().getBean(Seen.class);
            assertThat(ofStandby.reconciled).isEmpty();

            server.close();
            await().until(() -> ofStandby.reconciled.contains(new Request("default", "db")));
        } finally {
            standby.close();
        }
    }

    @Test
    void aLeaderWhoseLeaseIsTakenEndsTheProcessWithStatusOne() {
        await().until(() -> leads(server));
        api.put(LEASE, "{\"spec\":{\"holderIdentity\":\"thief\",\"leaseDurationSeconds\":10}}");

        await().until(() -> seen().exits.equals(List.of(1)));
    }

    @Test
    void anOrderlyStopHandsTheLeaseBackAndIsNoFailure() {
        await().until(() -> leads(server));
        Seen seen = seen();
        server.close();

        assertThat(api.get(LEASE).getAsJsonObject("spec").get("holderIdentity").getAsString())
                .isEmpty();
        assertThat(seen.exits).isEmpty();
    }

    @Test
    void aReplicaThatCannotSeeTheClusterIsNotReadyAndDoesNotLead() {
        api.fault = call -> call.path().endsWith("/secrets") ? 403 : 0;
        EmbeddedServer blind = start();
        try {
            await().until(() -> get(blind, "/health/readiness").contains("\"listing\":[\"secrets\"]"));
            assertThat(get(blind, "/health/readiness")).contains("\"status\":\"DOWN\"");
            assertThat(get(blind, "/health/liveness")).contains("\"status\":\"UP\"");
            assertThat(leads(blind)).isFalse();
        } finally {
            blind.close();
        }
    }

    @Test
    void metricsShowTheOperatorsWork() {
        api.put(FakeApi.MYSQLS + "/db", "{\"spec\":{}}");
        await().until(() -> seen().reconciled.contains(new Request("default", "db")));

        await().untilAsserted(() -> assertThat(get(server, "/prometheus"))
                .contains(
                        "mysql_operator_leader 1.0",
                        "mysql_operator_queue_depth 0.0",
                        "mysql_operator_reconcile_seconds_count{outcome=\"done\"} "));
    }

    private EmbeddedServer start() {
        K8sJson.install();
        return ApplicationContext.run(
                EmbeddedServer.class,
                Map.of(
                        "spec.name", "OperatorTest",
                        "kubernetes.client.base-path", api.url(),
                        "micronaut.server.port", "-1",
                        "operator.image", "operator:test",
                        "operator.lease.retry-period", "100ms"));
    }

    private Seen seen() {
        return server.getApplicationContext().getBean(Seen.class);
    }

    private static boolean leads(EmbeddedServer server) {
        return server.getApplicationContext().getBean(Leadership.class).isValid();
    }

    private static String get(EmbeddedServer server, String path) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) new URL("http", "127.0.0.1", server.getPort(), path).openConnection();
            try (var in =
                    connection.getResponseCode() < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Singleton
    @Requires(property = "spec.name", value = "OperatorTest")
    static class Seen {
        final List<Request> reconciled = new CopyOnWriteArrayList<>();
        final List<Integer> exits = new CopyOnWriteArrayList<>();
    }

    @Factory
    @Requires(property = "spec.name", value = "OperatorTest")
    static class Stubs {
        @Singleton
        @Primary
        ResourceReconciler<MySQL> reconciler(Seen seen) {
            return (request, lister) -> {
                if (lister.get(request).isPresent()) {
                    seen.reconciled.add(request);
                }
                return Result.done();
            };
        }

        @Singleton
        @Primary
        ProcessExit exit(Seen seen) {
            return seen.exits::add;
        }
    }
}
