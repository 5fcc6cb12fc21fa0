package homework.otus.mysql.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.Sandbox;
import homework.otus.mysql.testing.Sandbox.Kind;
import homework.otus.mysql.testing.Succession;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A database's life when nothing goes wrong, but not everything happens at the expected time. */
class LifeIT {

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void eachLifeBeginsWithTheLastRowsOfTheOneBefore() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.create("lives");
                Succession operators = Succession.of(sandbox.namespace())) {
            Database database = Database.in(sandbox.kubectl(), "db");
            database.create();
            database.awaitServing("db created without restore-job");
            database.insert("of the first life");
            database.delete();
            database.awaitGone();

            database.create();
            database.awaitServing("db created with restore-job");
            assertThat(database.rows()).containsExactly("of the first life");
            database.sql("DELETE FROM test");
            database.insert("of the second life");
            database.delete();
            database.awaitGone();

            // Now there are finished Jobs of both kinds that know of other rows.
            database.create();
            database.awaitServing("db created with restore-job");
            assertThat(database.rows()).containsExactly("of the second life");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aDatabaseOrderedBeforeTheOperatorStartedIsMade() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.create("early")) {
            Database database = Database.in(sandbox.kubectl(), "db");
            database.create();
            try (Succession operators = Succession.of(sandbox.namespace())) {
                database.awaitServing("db created without restore-job");
                assertThat(operators.deaths()).isZero();
            }
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aDatabaseDeletedWhileTheOperatorIsDownIsBackedUpWhenItIsBack() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.create("down")) {
            Database database = Database.in(sandbox.kubectl(), "db");
            database.create();
            try (Succession operators = Succession.of(sandbox.namespace())) {
                database.awaitServing("db created without restore-job");
                database.insert("before");
            }
            String server = database.pod();
            database.insert("without an operator");
            database.delete();
            assertThat(sandbox.get(Kind.MYSQL, "db").getMetadata().getDeletionTimestamp())
                    .isNotNull();
            assertThat(database.pod()).isEqualTo(server);

            try (Succession operators = Succession.of(sandbox.namespace())) {
                database.awaitGone();
                database.create();
                database.awaitServing("db created with restore-job");
                assertThat(database.rows()).containsExactly("before", "without an operator");
            }
        }
    }

    /** Watches and the lease apart. A busy cluster may disturb it at first. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aServedDatabaseCostsTheApiServerNothing() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.create("silence");
                Succession operators = Succession.of(sandbox.namespace())) {
            Database database = Database.in(sandbox.kubectl(), "db");
            database.create();
            database.awaitServing("db created without restore-job");

            AtomicInteger before = new AtomicInteger();
            await().during(Duration.ofMinutes(1)).atMost(Duration.ofMinutes(3)).until(() -> {
                int calls = operators.writes().size() + operators.reads().size();
                return before.getAndSet(calls) == calls;
            });
        }
    }
}
