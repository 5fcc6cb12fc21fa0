package homework.otus.mysql.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.database.DatabaseKinds;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.extended.controller.reconciler.Request;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Secret;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a second kind costs: a row of the table, and a controller. Neither knows of the other. */
class TwoKindsTest {
    /** A kind with a spec, as short as can be. Filled by Gson. */
    static final class Toy implements KubernetesObject {
        private V1ObjectMeta metadata = new V1ObjectMeta();

        @Override
        public String getApiVersion() {
            return "example.org/v1alpha1";
        }

        @Override
        public String getKind() {
            return "Toy";
        }

        @Override
        public V1ObjectMeta getMetadata() {
            return metadata;
        }
    }

    private static final String TOYS = "/apis/example.org/v1alpha1/namespaces/default/toys";
    private static final String SECRETS = "/api/v1/namespaces/default/secrets";
    private static final Request DB = new Request("default", "db");

    private final FakeApi api = new FakeApi();
    private final Fixture fixture = new Fixture();
    private final Queues queues = new Queues(fixture.metrics);
    private final Caches caches = new Caches(
            Fixture.configuration(), withToys(), Fixture.clients(api), queues, fixture.metrics, fixture.clock);
    private final Expectations expectations = new Expectations(caches, fixture.clock, fixture.metrics);
    private final Controllers controllers =
            new Controllers(queues, caches, expectations, Fixture.configuration(), fixture.metrics, fixture.clock);
    private final List<String> reconciled = new CopyOnWriteArrayList<>();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private volatile boolean toysStandStill;
    private final Controller<MySQL> mysqls = controllers.of(MySQL.class, (request, lister) -> {
        reconciled.add("MySQL " + request.getName() + (lister.get(request).isPresent() ? "" : ", gone"));
        return Result.done();
    });
    private final Controller<Toy> toys = controllers.of(Toy.class, (request, lister) -> {
        awaitGoOn();
        reconciled.add("Toy " + request.getName() + (lister.get(request).isPresent() ? "" : ", gone"));
        return Result.done();
    });

    /** The row that it costs, and that Secrets may concern a toy, too. */
    private static ResourceKinds withToys() {
        return new ResourceKinds(Stream.concat(
                        DatabaseKinds.table().all().stream()
                                .<ResourceKind<?>>map(kind -> kind.type() == V1Secret.class
                                        ? kind.concerning(Toy.class, "example.org/toy")
                                        : kind),
                        Stream.of(ResourceKind.reconciled(Toy.class, "example.org", "v1alpha1", "toys")))
                .toList());
    }

    @BeforeEach
    void start() {
        caches.start();
        await().until(caches::synced);
        mysqls.start();
        toys.start();
    }

    @AfterEach
    void stop() {
        goOn.countDown();
        Stream.of(mysqls, toys).forEach(Controller::shutDown);
        Stream.of(mysqls, toys).forEach(controller -> controller.awaitEnd(Duration.ofSeconds(5)));
        caches.stop();
        api.close();
    }

    @Test
    void anEventWakesTheControllerOfItsKindAlone() {
        api.put(TOYS + "/db", "{\"spec\":{}}");
        told("Toy db");
        api.put(FakeApi.MYSQLS + "/db", "{\"spec\":{}}");
        told("MySQL db");
        api.put(SECRETS + "/a", labelled("\"example.org/toy\":\"db\""));
        told("Toy db");
        api.put(SECRETS + "/b", labelled("\"otus.homework/mysql\":\"db\""));
        told("MySQL db");
        api.remove(TOYS + "/db");
        told("Toy db, gone");
    }

    @Test
    void whatConcernsOneIsNotFoundByTheKeyOfTheOther() {
        api.put(SECRETS + "/a", labelled("\"example.org/toy\":\"db\""));
        api.put(SECRETS + "/b", labelled("\"otus.homework/mysql\":\"db\""));
        api.put(SECRETS + "/both", labelled("\"otus.homework/mysql\":\"db\",\"example.org/toy\":\"db\""));
        await().until(() -> caches.get(V1Secret.class, "default", "both").isPresent());

        assertThat(caches.concerning(Toy.class, DB, V1Secret.class))
                .extracting(secret -> secret.getMetadata().getName())
                .containsExactlyInAnyOrder("a", "both");
        assertThat(caches.concerning(MySQL.class, DB, V1Secret.class))
                .extracting(secret -> secret.getMetadata().getName())
                .containsExactlyInAnyOrder("b", "both");
    }

    @Test
    void theWritesOfOneHoldTheOtherUpInNothing() {
        expectations.wrote(
                Key.of(Toy.class, DB),
                new V1Secret()
                        .metadata(new V1ObjectMeta()
                                .namespace("default")
                                .name("unseen")
                                .resourceVersion("1000000")));
        queues.of(Toy.class).add(DB);
        queues.of(MySQL.class).add(DB);

        told("MySQL db, gone");
        fixture.clock.advance(Expectations.PATIENCE);
        told("Toy db, gone");
    }

    @Test
    void reconcilesOfOneThatDontEndHoldTheOtherUpInNothing() {
        toysStandStill = true;
        for (int i = 0; i < 20; i++) {
            queues.of(Toy.class).add(new Request("default", "toy-" + i));
        }
        queues.of(MySQL.class).add(DB);

        told("MySQL db, gone");
    }

    @Test
    void eachLooksAtItsOwnAgain() {
        api.put(TOYS + "/a", "{\"spec\":{}}");
        told("Toy a");
        api.put(FakeApi.MYSQLS + "/b", "{\"spec\":{}}");
        told("MySQL b");

        toys.resync();
        told("Toy a");
        mysqls.resync();
        told("MySQL b");
    }

    /** That, and nothing else since the last time. */
    private void told(String what) {
        await().untilAsserted(() -> assertThat(reconciled).isNotEmpty());
        assertThat(reconciled).containsOnly(what);
        reconciled.clear();
    }

    private void awaitGoOn() {
        try {
            if (toysStandStill) {
                goOn.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String labelled(String labels) {
        return "{\"metadata\":{\"labels\":{" + labels + "}}}";
    }
}
