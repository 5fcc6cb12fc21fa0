package homework.otus.mysql.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import homework.otus.mysql.api.MySQL;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.CoreV1Event;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Secret;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExpectationsTest {
    private static final Key KEY = new Key(MySQL.class, "default", "db");

    private final Fixture fixture = new Fixture();
    private final Caches caches = mock(Caches.class);
    private final Expectations expectations = new Expectations(caches, fixture.clock, fixture.metrics);

    @BeforeEach
    void emptyCaches() {
        when(caches.holds(any(), any())).thenReturn(true);
        when(caches.holds(eq(CoreV1Event.class), any())).thenReturn(false);
        when(caches.outline(any(), any(), any())).thenReturn(Optional.empty());
    }

    @Test
    void aKeyThatWroteNothingMayBePlanned() {
        assertThat(expectations.caughtUp(KEY)).isTrue();
    }

    @Test
    void aKeyWaitsUntilAllItsWritesAreSeen() {
        expectations.wrote(KEY, secret("a", "10"));
        expectations.wrote(KEY, secret("b", "11"));
        assertThat(expectations.caughtUp(KEY)).isFalse();

        cached(secret("a", "10"));
        assertThat(expectations.caughtUp(KEY)).isFalse();

        cached(secret("b", "11"));
        assertThat(expectations.caughtUp(KEY)).isTrue();
    }

    @Test
    void otherKeysDoNotWait() {
        expectations.wrote(KEY, secret("a", "10"));

        assertThat(expectations.caughtUp(new Key(MySQL.class, "default", "other")))
                .isTrue();
        assertThat(expectations.caughtUp(new Key(MySQL.class, "elsewhere", "db")))
                .isTrue();
        assertThat(expectations.caughtUp(new Key(V1Job.class, "default", "db"))).isTrue();
    }

    @Test
    void theLastWriteOfAnObjectCounts() {
        expectations.wrote(KEY, secret("a", "10"));
        expectations.wrote(KEY, secret("a", "20"));
        cached(secret("a", "10"));

        assertThat(expectations.caughtUp(KEY)).isFalse();
    }

    @Test
    void anObjectDeletedAndMadeAnewIsWaitedForInItsNewForm() {
        V1Job old = new V1Job()
                .metadata(new V1ObjectMeta()
                        .name("j")
                        .namespace("default")
                        .uid("1")
                        .resourceVersion("5"));
        cached(old);
        expectations.deleted(KEY, old);
        expectations.wrote(
                KEY,
                new V1Job()
                        .metadata(new V1ObjectMeta()
                                .name("j")
                                .namespace("default")
                                .uid("2")
                                .resourceVersion("9")));

        assertThat(expectations.caughtUp(KEY)).isFalse();
    }

    @Test
    void whatIsMetIsForgotten() {
        expectations.wrote(KEY, secret("a", "10"));
        cached(secret("a", "10"));
        assertThat(expectations.caughtUp(KEY)).isTrue();

        when(caches.outline(V1Secret.class, "default", "a")).thenReturn(Optional.empty());
        assertThat(expectations.caughtUp(KEY)).isTrue();
    }

    @Test
    void aWriteThatTheCacheNeverShowsIsGivenUpAfterThirtySecondsAndCounted() {
        expectations.wrote(KEY, secret("a", "10"));
        fixture.clock.advance(Duration.ofMillis(29_999));
        assertThat(expectations.caughtUp(KEY)).isFalse();

        fixture.clock.advance(Duration.ofMillis(1));
        assertThat(expectations.caughtUp(KEY)).isTrue();
        assertThat(fixture.meters
                        .get("mysql.operator.expectations.expired")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aWriteToWhatNoCacheHoldsIsIgnored() {
        expectations.wrote(
                KEY,
                new CoreV1Event()
                        .metadata(new V1ObjectMeta()
                                .name("e")
                                .namespace("default")
                                .resourceVersion("10")));

        assertThat(expectations.caughtUp(KEY)).isTrue();
    }

    @Test
    void tellsWhatItWaitsFor() {
        expectations.wrote(KEY, secret("db-credentials", "10"));
        expectations.deleted(
                KEY,
                new V1Job()
                        .metadata(new V1ObjectMeta()
                                .name("restore-db-job")
                                .namespace("default")
                                .uid("1")));

        assertThat(expectations.describe(KEY)).isEqualTo("deleted Job restore-db-job, wrote Secret db-credentials");
    }

    @SuppressWarnings("unchecked")
    private <T extends KubernetesObject> void cached(T object) {
        V1ObjectMeta meta = object.getMetadata();
        when(caches.outline((Class<T>) object.getClass(), meta.getNamespace(), meta.getName()))
                .thenReturn(Optional.of(object));
    }

    private static V1Secret secret(String name, String version) {
        return new V1Secret()
                .metadata(new V1ObjectMeta()
                        .name(name)
                        .namespace("default")
                        .uid("u-" + name)
                        .resourceVersion(version));
    }
}
