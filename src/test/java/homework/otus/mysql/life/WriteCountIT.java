package homework.otus.mysql.life;

import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.testing.ApiCall;
import homework.otus.mysql.testing.Sandbox;
import homework.otus.mysql.testing.Succession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How many calls a database costs the API server. Leases and Events are not counted, the status is. */
class WriteCountIT {
    private final List<ApiCall> counted = new ArrayList<>();

    @Test
    void aLifeCostsFewWritesAndAConvergedOperatorNone() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.create("writes");
                Succession operators = Succession.of(sandbox.namespace())) {
            Database database = new Database(sandbox, "db");
            database.order();
            database.awaitServing("db created without restore-job");
            database.insert("a row");
            assertWrites("create", operators, 8);

            List<ApiCall> reads = operators.reads();
            Database.eventually()
                    .atMost(Duration.ofSeconds(90))
                    .during(Duration.ofSeconds(60))
                    .until(() -> operators.writes().equals(counted)
                            && operators.reads().equals(reads));

            database.delete();
            database.awaitGone();
            assertWrites("delete", operators, 12);

            database.order();
            database.awaitServing("db created with restore-job");
            assertWrites("create with restore", operators, 11);
        }
    }

    private void assertWrites(String stage, Succession operators, int limit) {
        List<ApiCall> all = operators.writes();
        List<ApiCall> ofStage = all.subList(counted.size(), all.size());
        String listed = ofStage.stream().map(ApiCall::toString).collect(Collectors.joining("\n  "));
        System.out.printf("Writes to %s: %d of at most %d%n  %s%n", stage, ofStage.size(), limit, listed);
        assertThat(ofStage).as(stage).isNotEmpty().hasSizeLessThanOrEqualTo(limit);
        counted.addAll(ofStage);
    }
}
