package homework.otus.mysql.life;

import homework.otus.mysql.testing.Sandbox;
import homework.otus.mysql.testing.Succession;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An API server that fails and a network that loses: what was done may look as if it wasn't. */
class BadLinesIT {
    private static final double A_FIFTH = 0.2;

    @ParameterizedTest(name = "seed {0}")
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(longs = {1, 2})
    void aFifthOfAllCallsMayFail(long seed) throws InterruptedException {
        try (Sandbox sandbox = Sandbox.create("bad-lines-" + seed);
                Succession operators = Succession.onBadLines(sandbox.namespace(), A_FIFTH, seed)) {
            TwoLives lives = new TwoLives(sandbox, operators);
            lives.live(stage -> {});
            lives.assertEachChildWasMadeOnce();
        }
    }
}
