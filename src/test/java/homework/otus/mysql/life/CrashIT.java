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
    private static final int PERIOD = 4;

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void eachOperatorMayManageOneWrite() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.create("crash-always");
                Succession operators = Succession.dyingAfterEveryWrite(sandbox.namespace())) {
            TwoLives lives = new TwoLives(sandbox, operators);
            lives.live(stage -> {});
            lives.assertEachChildWasMadeOnce();
            lives.assertEachChildWasDeletedOnce();
            System.out.printf("Killed after each of %d writes%n", operators.deaths());
            assertThat(operators.deaths()).isEqualTo(operators.writes().size());
        }
    }

    /** Each write of each stage is the last one of an operator in one of these lives. */
    @ParameterizedTest(name = "after write {0} of each stage and each fourth from then on")
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("writesOfAPeriod")
    void theNextOperatorFinishes(int first) throws InterruptedException {
        AtomicInteger left = new AtomicInteger();
        try (Sandbox sandbox = Sandbox.create("crash-" + first);
                Succession operators = Succession.dyingAfterWrites(sandbox.namespace(), left, PERIOD)) {
            TwoLives lives = new TwoLives(sandbox, operators);
            lives.live(stage -> left.set(first));
            lives.assertEachChildWasMadeOnce();
            lives.assertEachChildWasDeletedOnce();
            assertThat(lives.writes().values())
                    .allSatisfy(writes -> assertThat(writes).hasSizeGreaterThan(PERIOD));
            assertThat(operators.deaths())
                    .isEqualTo(lives.writes().values().stream()
                            .mapToInt(writes -> (writes.size() - first) / PERIOD + 1)
                            .sum());
        }
    }

    static IntStream writesOfAPeriod() {
        return IntStream.rangeClosed(1, PERIOD);
    }
}
