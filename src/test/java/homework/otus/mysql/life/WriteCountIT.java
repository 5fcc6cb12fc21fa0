package homework.otus.mysql.life;

import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.life.TwoLives.Stage;
import homework.otus.mysql.testing.ApiCall;
import homework.otus.mysql.testing.Sandbox;
import homework.otus.mysql.testing.Succession;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;

/** How many calls a database costs the API server. Leases and Events are not counted, the status is. */
@Isolated("Counts what a busy cluster would add to")
class WriteCountIT {

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aLifeCostsFewWrites() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.create("writes");
                Succession operators = Succession.of(sandbox.namespace())) {
            TwoLives lives = new TwoLives(sandbox, operators);
            lives.live(stage -> {});
            lives.writes().forEach(WriteCountIT::print);

            // One marks the data claim as one that has served, and two bring that into the credentials Secret, whose
            // start script refuses an empty volume from then on.
            assertThat(lives.writes().get(Stage.CREATE)).hasSizeLessThanOrEqualTo(12);
            assertThat(lives.writes().get(Stage.CREATE_WITH_RESTORE)).hasSizeLessThanOrEqualTo(14);
            assertThat(lives.writes().get(Stage.DELETE)).hasSizeLessThanOrEqualTo(12);
            assertThat(lives.writes().get(Stage.DELETE_AGAIN)).hasSizeLessThanOrEqualTo(12);
        }
    }

    private static void print(Stage stage, List<ApiCall> writes) {
        System.out.printf("%d writes to %s%n", writes.size(), stage);
        writes.forEach(write -> System.out.println("    " + write));
    }
}
