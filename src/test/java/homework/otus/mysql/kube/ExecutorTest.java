package homework.otus.mysql.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.child.JobRun;
import homework.otus.mysql.child.StaticVolumes;
import homework.otus.mysql.database.Given;
import homework.otus.mysql.database.Plan;
import homework.otus.mysql.database.Planner;
import homework.otus.mysql.observe.Claim.VolumePhase;
import homework.otus.mysql.program.password.PasswordTask;
import homework.otus.mysql.step.Action;
import homework.otus.mysql.step.Group;
import homework.otus.mysql.step.Setback;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExecutorTest {
    private static final Problem REFUSED = new Problem.Refusal(Setback.Cause.REFUSED, "service/db", "no room");

    @ParameterizedTest(name = "{0} is not taken")
    @MethodSource("refusals")
    void goesOnWithWhatNeedsItNot(String refused, Given given, List<String> taken) {
        Writes writes = new Writes(Map.of(refused, REFUSED));

        Execution<MySQL> outcome = Executor.execute(given.observed().mysql(), groups(given), writes);

        assertThat(writes.taken).containsExactlyElementsOf(taken);
        assertThat(((Execution.Done<MySQL>) outcome).setbacks())
                .extracting(Setback::object, Setback::words)
                .containsExactly(tuple("service/db", "no room"));
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                row("patch MySQL db finalizers=[otus.homework/final-backup]", newlyOrdered()),
                row(
                        "create PersistentVolumeClaim db-pvc",
                        newlyOrdered(),
                        "patch MySQL db finalizers=[otus.homework/final-backup]",
                        "create PersistentVolumeClaim backup-db-pvc",
                        "create Secret db-credentials",
                        "create Secret db-binding",
                        "create Service db"),
                row(
                        "create Secret db-credentials",
                        newlyOrdered(),
                        "patch MySQL db finalizers=[otus.homework/final-backup]",
                        "create PersistentVolumeClaim db-pvc",
                        "create PersistentVolumeClaim backup-db-pvc",
                        "create Secret db-binding",
                        "create Service db"),
                row(
                        "create Service db",
                        newlyOrdered(),
                        "patch MySQL db finalizers=[otus.homework/final-backup]",
                        "create PersistentVolumeClaim db-pvc",
                        "create PersistentVolumeClaim backup-db-pvc",
                        "create Secret db-credentials",
                        "create Secret db-binding",
                        "create Deployment db"),
                row(
                        "grow PersistentVolumeClaim db-pvc to 2Gi",
                        growing(),
                        "grow PersistentVolumeClaim backup-db-pvc to 2Gi",
                        "apply Secret db-credentials",
                        "create Service db",
                        "create Deployment db"),
                row(
                        "apply Secret db-credentials",
                        growing(),
                        "grow PersistentVolumeClaim db-pvc to 2Gi",
                        "grow PersistentVolumeClaim backup-db-pvc to 2Gi",
                        "create Service db",
                        "create Deployment db"));
    }

    @Test
    void endsWhereThePlanIsOld() {
        Writes writes = new Writes(Map.of("create Secret db-credentials", new Problem.Stale("is there already")));

        Execution<MySQL> outcome = Executor.execute(newlyOrdered().observed().mysql(), groups(newlyOrdered()), writes);

        assertThat(outcome).isEqualTo(new Execution.Interrupted<>(new Problem.Stale("is there already")));
        assertThat(writes.taken)
                .containsExactly(
                        "patch MySQL db finalizers=[otus.homework/final-backup]",
                        "create PersistentVolumeClaim db-pvc",
                        "create PersistentVolumeClaim backup-db-pvc");
    }

    private static Given newlyOrdered() {
        return new Given().newlyOrdered();
    }

    /** On a class that can't, with the server and the Service deleted by hand. */
    private static Given growing() {
        return new Given()
                .data(VolumePhase.BOUND)
                .freshBackupClaim()
                .credentials(Given.PASSWORDS.changingTo("other", 2000).changed())
                .passwordJob(PasswordTask.DISCARD, 2000, JobRun.State.COMPLETE, null)
                .spec(spec -> spec.setStorageSize("2Gi"));
    }

    private static List<Group> groups(Given given) {
        Plan plan = new Planner(Given.OPERATOR_IMAGE, StaticVolumes.NONE).plan(given.observed());
        return plan.groups();
    }

    private static Arguments row(String refused, Given given, String... taken) {
        return arguments(refused, given, List.of(taken));
    }

    /** Takes all but some. */
    private static final class Writes implements Action.Visitor<WriteAnswer> {
        private final Map<String, Problem> problems;
        private final List<String> taken = new ArrayList<>();

        Writes(Map<String, Problem> problems) {
            this.problems = problems;
        }

        private WriteAnswer write(Action action) {
            Problem problem = problems.get(action.summary());
            if (problem != null) {
                return WriteAnswer.not(problem);
            }
            taken.add(action.summary());
            return WriteAnswer.taken(null);
        }

        @Override
        public WriteAnswer create(Action.Create action) {
            return write(action);
        }

        @Override
        public WriteAnswer apply(Action.Apply action) {
            return write(action);
        }

        @Override
        public WriteAnswer delete(Action.Delete action) {
            return write(action);
        }

        @Override
        public WriteAnswer patchMetadata(Action.PatchMetadata action) {
            return write(action);
        }

        @Override
        public WriteAnswer growClaim(Action.GrowClaim action) {
            return write(action);
        }

        @Override
        public WriteAnswer endJob(Action.EndJob action) {
            return write(action);
        }
    }
}
