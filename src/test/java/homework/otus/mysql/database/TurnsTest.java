package homework.otus.mysql.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.extended.controller.reconciler.Request;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final Request ONE = new Request("team", "one");
    private static final Request TWO = new Request("team", "two");
    private static final Request THREE = new Request("team", "three");

    private final List<Request> woken = new ArrayList<>();

    @Test
    void isGivenToOneAtATimeInTheOrderOfAsking() {
        Turns turns = turns(1);

        assertThat(turns.take(ONE)).isTrue();
        assertThat(turns.take(TWO)).isFalse();
        assertThat(turns.take(THREE)).isFalse();
        assertThat(turns.take(ONE)).isTrue();
        assertThat(turns.holders()).containsExactly(ONE);
        assertThat(woken).isEmpty();

        turns.giveBack(ONE);
        assertThat(woken).containsExactly(TWO);
        assertThat(turns.take(TWO)).isTrue();
        assertThat(turns.take(THREE)).isFalse();
    }

    @Test
    void goesToTheNextWhereTheFirstNeedsItNoMore() {
        Turns turns = turns(1);
        turns.take(ONE);
        turns.take(TWO);
        turns.take(THREE);

        turns.giveBack(ONE);
        turns.giveBack(TWO);

        assertThat(woken).containsExactly(TWO, THREE);
    }

    @Test
    void nobodyIsWokenWhileAnotherHasIt() {
        Turns turns = turns(1);
        turns.take(ONE);
        turns.take(TWO);

        turns.giveBack(THREE);

        assertThat(woken).isEmpty();
        assertThat(turns.holds(ONE)).isTrue();
    }

    @Test
    void severalMayHaveIt() {
        Turns turns = turns(2);

        assertThat(turns.take(ONE)).isTrue();
        assertThat(turns.take(TWO)).isTrue();
        assertThat(turns.take(THREE)).isFalse();
    }

    @Test
    void noneGetsItWhereTheSettingSaysSo() {
        Turns turns = turns(0);

        assertThat(turns.take(ONE)).isFalse();
        turns.giveBack(ONE);
        assertThat(woken).isEmpty();
    }

    @Test
    void aNewLeaderGoesOnWithTheOneThatTheLastWasRestarting() {
        Turns turns = turns(1, TWO);

        assertThat(turns.take(ONE)).isFalse();
        assertThat(turns.holders()).containsExactly(TWO);

        turns.giveBack(TWO);
        assertThat(woken).containsExactly(ONE);
    }

    private Turns turns(int atOnce, Request... earlier) {
        return new Turns(atOnce, woken::add, () -> List.of(earlier));
    }
}
