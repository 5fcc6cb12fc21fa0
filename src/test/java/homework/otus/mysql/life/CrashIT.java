package homework.otus.mysql.life;

import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.testing.Sandbox;
import homework.otus.mysql.testing.Succession;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The operator killed after each of its writes, enumerated: the next one finishes what it finds, and makes and deletes
 * each child once.
 */
class CrashIT {

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void eachOperatorMayManageOneWrite() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.create("crash-always");
                Succession operators = Succession.dyingAfterEveryWrite(sandbox.namespace())) {
            TwoLives lives = new TwoLives(new Database(sandbox, "db"), operators);
            lives.live(stage -> {});
            lives.assertEachChildWasMadeOnce();
            lives.assertEachChildWasDeletedOnce();
            System.out.printf("Killed after each of %d writes%n", operators.deaths());
            assertThat(operators.deaths()).isEqualTo(operators.writes().size());
        }
    }

    /** One crash a stage: they don't add up, for a stage ends when all is done. */
    @ParameterizedTest(name = "after write {0} of each stage")
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("writesOfTheLongestStage")
    void theNextOperatorFinishes(int write) throws InterruptedException {
        AtomicInteger left = new AtomicInteger();
        try (Sandbox sandbox = Sandbox.create("crash-" + write);
                Succession operators = Succession.dyingAfterWrites(sandbox.namespace(), left)) {
            TwoLives lives = new TwoLives(new Database(sandbox, "db"), operators);
            lives.live(stage -> left.set(write));
            lives.assertEachChildWasMadeOnce();
            lives.assertEachChildWasDeletedOnce();
            assertThat(lives.writes().values())
                    .filteredOn(stage -> stage.size() >= write)
                    .as("stages with a crash")
                    .hasSize(operators.deaths())
                    .isNotEmpty();
        }
    }

    static IntStream writesOfTheLongestStage() {
        return IntStream.rangeClosed(1, 11);
    }
}
