package homework.otus.mysql.step;

import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.api.ConditionType;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Service;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepTest {
    private static final Capability FIRST = new Capability("First");
    private static final Capability SECOND = new Capability("Second");
    private static final Finding READY = Finding.no(ConditionType.Ready, Reason.Starting, "starting");
    private static final Finding SPEC = Finding.yes(ConditionType.SpecApplied, Reason.Applied, "applied");

    @Test
    void allThatHaltsNobodyIsDone() {
        Advance both = inOrder(Advance.of(FIRST, create("a")), Advance.of(SECOND, create("b")));

        assertThat(both.actions().keySet()).containsExactly(FIRST, SECOND);
        assertThat(both.halts()).isFalse();
    }

    @Test
    void whatHaltsIsDoneAndWhatComesAfterIsNot() {
        Advance halted = inOrder(
                Advance.of(FIRST, create("a")).halt(Phase.RESTORING, READY),
                Advance.of(SECOND, create("b")).at(Pace.RESTARTS).lookingAgainAfter(Duration.ofSeconds(1)));

        assertThat(halted.actions().keySet()).containsExactly(FIRST);
        assertThat(halted.halt()).isEqualTo(Halt.at(Phase.RESTORING, READY));
        assertThat(halted.pace()).isEqualTo(Pace.FREE);
        assertThat(halted.lookAgain()).isNull();
    }

    @Test
    void whatComesAfterAHaltTellsWhatItHasFoundButNotWhyItWouldHalt() {
        Advance halted = inOrder(
                Advance.halting(Phase.RESTORING), Advance.NONE.telling(SPEC).halt(Phase.STARTING, READY));

        assertThat(halted.findings()).containsExactly(SPEC);
        assertThat(halted.halt()).isEqualTo(Halt.at(Phase.RESTORING));
    }

    @Test
    void theSoonestLookCounts() {
        assertThat(inOrder(
                                Advance.NONE.lookingAgainAfter(Duration.ofSeconds(9)),
                                Advance.NONE.lookingAgainAfter(null),
                                Advance.NONE.lookingAgainAfter(Duration.ofSeconds(3)))
                        .lookAgain())
                .isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void aStepThatIsNotDueAnswersNothing() {
        Step<Integer> step = observed -> Advance.of(FIRST, create("a"));

        assertThat(step.when(observed -> observed > 1).advance(1)).isEqualTo(Advance.NONE);
        assertThat(step.when(observed -> observed > 1).advance(2).actions()).containsKey(FIRST);
    }

    private static Advance inOrder(Advance... answers) {
        return Step.inOrder(List.of(answers).stream()
                        .map(answer -> (Step<String>) observed -> answer)
                        .toList())
                .advance("observed");
    }

    private static Action create(String name) {
        return new Action.Create(new V1Service().metadata(new V1ObjectMeta().name(name)));
    }
}
