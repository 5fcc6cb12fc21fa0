package homework.otus.mysql.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.time.OffsetDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectationTest {
    @ParameterizedTest(name = "{4}")
    @CsvSource(
            nullValues = "-",
            value = {
                "100, 100, 90,  true,  the cache shows the write itself",
                "100, 101, 90,  true,  the cache shows a later state",
                "100, 99,  99,  false, the cache shows an older state",
                "100, 99,  120, false, the cache shows an older state and something newer of another object",
                "99,  100, 90,  true,  ninety-nine is less than a hundred",
                "100, 9,   9,   false, nine is less than a hundred although it sorts after it",
                "100, -,   99,  false, not seen yet",
                "100, -,   100, true,  seen and deleted since",
                "100, '',  0,   false, a cached object without a version",
            })
    void aWriteIsSeen(long written, String cached, long seen, boolean met, String why) {
        V1ObjectMeta meta =
                cached == null ? null : new V1ObjectMeta().uid("any").resourceVersion(cached);

        assertThat(new Expectation.Stored(written).metBy(meta, seen)).as(why).isEqualTo(met);
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(
            nullValues = "-",
            value = {
                "-,     false, true,  gone",
                "other, false, true,  replaced",
                "mine,  true,  true,  waits for its finalizers",
                "mine,  false, false, the cache does not know yet",
            })
    void aDeletionIsSeen(String cachedUid, boolean terminating, boolean met, String why) {
        V1ObjectMeta meta = cachedUid == null
                ? null
                : new V1ObjectMeta()
                        .uid(cachedUid)
                        .deletionTimestamp(terminating ? OffsetDateTime.parse("2026-01-01T00:00:00Z") : null);

        assertThat(new Expectation.Deleted("mine").metBy(meta, 0)).as(why).isEqualTo(met);
    }
}
