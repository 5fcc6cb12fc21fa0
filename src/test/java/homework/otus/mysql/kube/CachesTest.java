package homework.otus.mysql.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.database.DatabaseKinds;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.extended.controller.reconciler.Request;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CachesTest {
    private static final Request KEY = new Request("default", "db");
    private static final String PODS = "/api/v1/namespaces/default/pods/";
    private static final String SECRETS = "/api/v1/namespaces/default/secrets/";
    private static final String MYSQL = "{\"spec\":{}}";
    private static final int KINDS = 9;

    private final FakeApi api = new FakeApi();
    private final Fixture fixture = new Fixture();
    private final Queues queues = new Queues(fixture.metrics);
    private final KeyQueue queue = queues.of(MySQL.class);
    private Caches caches = caches();

    @AfterEach
    void close() {
        caches.stop();
        api.close();
    }

    @Test
    void listsInPagesAndWakesTheKeyOfEachObject() {
        for (int i = 0; i < 1_001; i++) {
            api.put(FakeApi.MYSQLS + "/db-" + i, MYSQL);
        }
        start();

        assertThat(caches.keys(MySQL.class)).hasSize(1_001);
        assertThat(api.lists("mysqls")).as("pages of 500").isEqualTo(3);
        await().until(() -> queue.length() == 1_001);
    }

    @Test
    void childrenAreListedByTheirLabelAndFoundByTheirMySQL() throws InterruptedException {
        api.put(PODS + "a", pod("db"));
        api.put(PODS + "b", pod("db"));
        api.put(PODS + "c", pod("other"));
        api.put("/api/v1/namespaces/elsewhere/pods/d", pod("db"));
        start();

        assertThat(names(caches.concerning(MySQL.class, new Request("default", "db"), V1Pod.class)))
                .containsExactlyInAnyOrder("a", "b");
        assertThat(names(caches.concerning(MySQL.class, new Request("elsewhere", "db"), V1Pod.class)))
                .containsExactly("d");
        assertThat(caches.concerning(MySQL.class, new Request("default", "none"), V1Pod.class))
                .isEmpty();
        assertThat(caches.get(V1Pod.class, "default", "c")).isPresent();
        assertThat(caches.get(V1Pod.class, "default", "d")).isEmpty();
        assertThat(api.calls)
                .filteredOn(call -> call.path().endsWith("pods"))
                .allMatch(call -> call.query().get("labelSelector").equals("otus.homework/mysql"));
        assertThat(api.calls)
                .filteredOn(call -> call.path().endsWith("mysqls"))
                .noneMatch(call -> call.query().containsKey("labelSelector"));
    }

    @Test
    void everyChangeOfAnObjectWakesItsKey() throws InterruptedException {
        start();
        api.put(PODS + "a", pod("db"));
        woken(KEY);
        api.put(PODS + "a", pod("db"));
        woken(KEY);
        api.remove(PODS + "a");
        woken(KEY);
        api.put(FakeApi.MYSQLS + "/db", MYSQL);
        woken(KEY);
    }

    @Test
    void aChangedSecretWakesTheMySQLThatNamesIt() throws InterruptedException {
        start();
        api.put(FakeApi.MYSQLS + "/db", "{\"spec\":{\"passwordSecretRef\":{\"name\":\"s\",\"key\":\"k\"}}}");
        woken(KEY);
        api.put(SECRETS + "another", "{}");
        api.put(SECRETS + "s", "{}");
        woken(KEY);
        api.remove(SECRETS + "s");
        woken(KEY);
        assertThat(api.calls)
                .filteredOn(call -> call.path().endsWith("secrets"))
                .extracting(call -> call.query().get("labelSelector"))
                .containsOnly("otus.homework/mysql", "otus.homework/mysql-password=true");
    }

    @Test
    void aSecretThatIsNamedNoLongerIsForgotten() throws InterruptedException {
        api.put(FakeApi.MYSQLS + "/db", "{\"spec\":{\"passwordSecretRef\":{\"name\":\"s\",\"key\":\"k\"}}}");
        start();
        woken(KEY);
        api.put(SECRETS + "s", "{}");
        woken(KEY);
        api.put(FakeApi.MYSQLS + "/db", MYSQL);
        woken(KEY);
        api.remove(SECRETS + "s");
        api.put(PODS + "a", pod("db"));
        woken(KEY);

        assertThat(caches.unreadable(MySQL.class, KEY)).isEmpty();
    }

    @Test
    void anObjectWhoseLabelMovesWakesBothKeys() throws InterruptedException {
        start();
        api.put(PODS + "a", pod("db"));
        woken(KEY);
        api.put(PODS + "a", pod("other"));
        woken(KEY);
        woken(new Request("default", "other"));
        assertThat(caches.concerning(MySQL.class, new Request("default", "db"), V1Pod.class))
                .isEmpty();
    }

    @Test
    void knowsHowFarAKindIsSeen() throws InterruptedException {
        start();
        api.put(PODS + "a", pod("db"));
        woken(KEY);
        api.remove(PODS + "a");
        woken(KEY);

        assertThat(caches.seen(V1Pod.class, "default")).isEqualTo(api.version());
    }

    @Test
    void keepsNoManagedFields() {
        api.put(FakeApi.MYSQLS + "/db", "{\"metadata\":{\"managedFields\":[{\"manager\":\"kubectl\"}]},\"spec\":{}}");
        start();

        assertThat(caches.get(MySQL.class, "default", "db")
                        .orElseThrow()
                        .getMetadata()
                        .getManagedFields())
                .isEmpty();
    }

    @Test
    void whatCannotBeReadStopsNeitherAListNorAWatchAndIsNotAbsent() throws InterruptedException {
        api.put(PODS + "listed", unreadablePod("db"));
        api.put(FakeApi.MYSQLS + "/broken", "{\"spec\":{\"config\":1}}");
        start();
        long lists = api.lists("pods") + api.lists("mysqls");
        api.put(PODS + "watched", unreadablePod("db"));
        api.put(PODS + "after", pod("db"));
        await().until(() -> caches.get(V1Pod.class, "default", "after").isPresent());

        assertThat(caches.get(V1Pod.class, "default", "listed")).isEmpty();
        assertThat(names(caches.concerning(MySQL.class, new Request("default", "db"), V1Pod.class)))
                .containsExactly("after");
        assertThat(caches.unreadable(MySQL.class, KEY))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("pods/listed: spec.containers[0].resources.limits: ");
        assertThat(caches.unreadable(MySQL.class, new Request("default", "broken")))
                .singleElement()
                .asString()
                .startsWith("mysqls/broken: spec.config: ");
        assertThat(caches.outline(MySQL.class, "default", "broken")).isPresent();
        assertThat(caches.keys(MySQL.class)).contains(new Request("default", "broken"));
        assertThat(fixture.meters.get("mysql.operator.unreadable").gauge().value())
                .isEqualTo(3);
        assertThat(api.lists("pods") + api.lists("mysqls")).isEqualTo(lists);

        api.remove(PODS + "listed");
        api.put(PODS + "watched", pod("db"));
        await().until(() -> caches.unreadable(MySQL.class, KEY).isEmpty());
    }

    @Test
    void aWatchThatEndsIsTakenUpWhereItEndedWithoutAnotherList() throws InterruptedException {
        start();
        long calls = api.lists("mysqls");
        api.dropWatches();
        awaitWatches();
        api.put(FakeApi.MYSQLS + "/db", MYSQL);
        woken(KEY);

        assertThat(api.lists("mysqls")).isEqualTo(calls);
        assertThat(fixture.meters.find("mysql.operator.relists").counters()).isEmpty();
    }

    @Test
    void aBookmarkMovesAQuietWatchOnSoThatItNeedNotBeListedAgain() {
        start();
        api.bookmark("Pod");
        api.compactedTo = api.version();
        api.dropWatches();
        awaitWatches();

        assertThat(api.calls)
                .filteredOn(call -> call.watch() && call.path().endsWith("pods"))
                .last()
                .satisfies(call ->
                        assertThat(call.query()).containsEntry("resourceVersion", String.valueOf(api.version())));
        assertThat(api.lists("pods")).isEqualTo(1);
    }

    @Test
    void anExpiredWatchIsListedAnewAndWhatWasMissedIsToldAndCounted() throws InterruptedException {
        api.put(FakeApi.MYSQLS + "/gone", MYSQL);
        start();
        woken(new Request("default", "gone"));
        api.unseen(() -> {
            api.put(FakeApi.MYSQLS + "/db", MYSQL);
            api.remove(FakeApi.MYSQLS + "/gone");
        });
        api.compactedTo = api.version();
        api.dropWatches();

        await().until(() -> caches.get(MySQL.class, "default", "db").isPresent());
        await().until(() -> caches.get(MySQL.class, "default", "gone").isEmpty());
        await().until(() -> queue.length() == 2);
        assertThat(fixture.meters
                        .get("mysql.operator.relists")
                        .tag("resource", "mysqls")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aRestoredEtcdWhoseVersionsAreLowerIsListedAnew() {
        start();
        api.unseen(() -> api.put(FakeApi.MYSQLS + "/db", MYSQL));
        // "Too large resource version": what is asked for lies in the future of the restored etcd.
        String future = api.calls.stream()
                .filter(call -> call.watch() && call.path().endsWith("mysqls"))
                .findFirst()
                .orElseThrow()
                .query()
                .get("resourceVersion");
        api.fault = call -> future.equals(call.query().get("resourceVersion")) ? 504 : 0;
        api.dropWatches();

        await().until(() -> caches.get(MySQL.class, "default", "db").isPresent());
    }

    @Test
    void listsThatFailAreTriedAgainUntilTheyAreAnswered() {
        api.fault = call -> call.path().endsWith("jobs") ? 500 : 0;
        caches.start();
        await().until(() -> caches.unsynced().equals(List.of("jobs")));
        assertThat(caches.synced()).isFalse();

        api.fault = call -> 0;
        await().until(() -> caches.synced());
    }

    @Test
    void onlyTheNamespacesAskedForAreWatched() {
        caches = caches("one", "two");
        api.put("/apis/otus.homework/v1/namespaces/one/mysqls/db", MYSQL);
        api.put("/apis/otus.homework/v1/namespaces/three/mysqls/db", MYSQL);
        caches.start();
        await().until(() -> caches.synced());

        assertThat(caches.keys(MySQL.class)).containsExactly(new Request("one", "db"));
        assertThat(caches.get(MySQL.class, "three", "db")).isEmpty();
        assertThat(caches.holds(MySQL.class, "two")).isTrue();
        assertThat(caches.holds(MySQL.class, "three")).isFalse();
        assertThat(api.calls)
                .extracting(FakeApi.Call::path)
                .allMatch(path -> path.matches(".*/namespaces/(one|two)/.*"));
    }

    @Test
    void aKindThatIsNotHeldIsAMistakeOfTheCaller() {
        assertThatThrownBy(() -> caches.get(V1ConfigMap.class, "default", "c"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("V1ConfigMap");
        assertThat(caches.holds(V1ConfigMap.class, "default")).isFalse();
    }

    @Test
    void remembersWhenTheQuietestCacheLastAsked() {
        start();
        long start = fixture.clock.nanoTime();
        fixture.clock.advance(Duration.ofMinutes(16));

        assertThat(caches.lastContact(fixture.clock.nanoTime())).isEqualTo(start);
    }

    private Caches caches(String... namespaces) {
        return new Caches(
                Fixture.configuration(namespaces),
                DatabaseKinds.table(),
                Fixture.clients(api),
                queues,
                fixture.metrics,
                fixture.clock);
    }

    private void start() {
        caches.start();
        await().until(() -> caches.synced());
        awaitWatches();
    }

    private void awaitWatches() {
        await().until(() -> api.openWatches() == KINDS);
    }

    /** Takes the key from the queue; any other that comes first is a failure. */
    private void woken(Request key) throws InterruptedException {
        await().until(() -> queue.length() > 0);
        Request woken = queue.get();
        queue.done(woken);
        assertThat(woken).isEqualTo(key);
    }

    private static List<String> names(List<? extends KubernetesObject> objects) {
        List<String> names = new ArrayList<>();
        objects.forEach(object -> names.add(object.getMetadata().getName()));
        return names;
    }

    private static String unreadablePod(String mysql) {
        return "{\"metadata\":{\"labels\":{\"otus.homework/mysql\":\"" + mysql
                + "\"}},\"spec\":{\"containers\":[{\"resources\":{\"limits\":{\"cpu\":\"1e4294967296\"}}}]}}";
    }

    private static String pod(String mysql) {
        return "{\"metadata\":{\"labels\":{\"otus.homework/mysql\":\"" + mysql + "\"}}}";
    }
}
