package homework.otus.mysql.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import homework.otus.mysql.api.Condition;
import homework.otus.mysql.api.MySQLStatus;
import homework.otus.mysql.observe.Claim.VolumePhase;
import homework.otus.mysql.observe.JobRun.State;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.Presence;
import homework.otus.mysql.observe.Trouble;
import homework.otus.mysql.plan.Given;
import homework.otus.mysql.plan.Planner;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StatusProjectorTest {
    private final Planner planner = new Planner(Given.JOBS);

    @ParameterizedTest(name = "{0}")
    @MethodSource("situations")
    void tells(String situation, Given given, String message, List<String> conditions) {
        MySQLStatus status = project(given, null).status();

        assertThat(status.message()).isEqualTo(message);
        assertThat(status.conditionsOrEmpty())
                .extracting(condition -> condition.type() + "=" + condition.status() + " " + condition.reason())
                .containsExactlyElementsOf(conditions);
    }

    static Stream<Arguments> situations() {
        return Stream.of(
                row("ordered", new Given().newlyOrdered(), "starting db", "Ready=False Starting"),
                row(
                        "serving",
                        new Given().running(),
                        "db created without restore-job",
                        "Ready=True Serving",
                        "SpecApplied=True Applied"),
                row(
                        "serving restored rows",
                        new Given().running().restoreTold(),
                        "db created with restore-job",
                        "Ready=True Serving",
                        "Restored=True Restored",
                        "SpecApplied=True Applied"),
                row(
                        "served before",
                        new Given().running().told().server(false),
                        "the server does not answer: see kubectl describe pod -l app=db",
                        "Ready=False ServerNotReady"),
                row(
                        "no such image",
                        new Given().running().server(Presence.OURS, false, false, false, Trouble.IMAGE),
                        "an image of the Pod can't be pulled: check spec.image (mysql:9.7) and the operator's own, and"
                                + " see kubectl describe pod -l otus.homework/mysql=db",
                        "Ready=False ImagePullFailed"),
                row(
                        "an edited image",
                        new Given().running().spec(spec -> spec.setImage("mysql:9.8")),
                        "spec.image is now mysql:9.8, but the server goes on running mysql:9.7: delete db and create it"
                                + " again with the new image; its rows come back",
                        "Ready=True Serving",
                        "SpecApplied=False ImageChangeNotSupported"),
                row(
                        "an edited password, which is not told",
                        new Given().running().spec(spec -> spec.setPassword("s3cret")),
                        "spec.password was changed, but the server keeps its old one: delete db and create it again with"
                                + " the new password; its rows come back",
                        "Ready=True Serving",
                        "SpecApplied=False PasswordChangeNotSupported"),
                row(
                        "a grown volume",
                        new Given().running().data(VolumePhase.BOUND).spec(spec -> spec.setStorageSize("2Gi")),
                        "spec.storage_size is now 2Gi, but the volume keeps its size: delete db and create it again with"
                                + " the new size; its rows come back",
                        "Ready=True Serving",
                        "SpecApplied=False StorageChangeNotSupported"),
                row(
                        "restoring",
                        new Given().backupOf("life-1").data(VolumePhase.BOUND).restoreJob(State.RUNNING, null),
                        "restoring from backup-db-pvc",
                        "Ready=False Restoring",
                        "Restored=Unknown Restoring"),
                row(
                        "a data claim deleted by hand",
                        new Given().running().data(Presence.OURS, VolumePhase.BOUND, true),
                        "db created without restore-job",
                        "Ready=True Serving",
                        "SpecApplied=True Applied",
                        "DataVolumeTerminating=True DataClaimDeleted"),
                row(
                        "stopping",
                        new Given().running().deleted(),
                        "stopping db for its final backup",
                        "Ready=False Stopping"),
                row(
                        "backing up",
                        new Given().data(VolumePhase.BOUND).freshBackupClaim().deleted(),
                        "writing the final backup to backup-db-pvc",
                        "Ready=False BackingUp",
                        "BackupSucceeded=Unknown BackingUp"),
                row(
                        "a backup that failed without a word",
                        new Given()
                                .data(VolumePhase.BOUND)
                                .freshBackupClaim()
                                .backupJobFailed(1, Given.NOW)
                                .deleted(),
                        "the backup Job failed without a word: see kubectl describe job and kubectl logs; it is tried"
                                + " again, and at once when you delete it; to delete db without a final backup: kubectl"
                                + " annotate ms db otus.homework/skip-final-backup=life-2",
                        "Ready=False BackupFailed",
                        "BackupSucceeded=False BackupFailed"),
                row(
                        "a lost volume",
                        new Given().data(VolumePhase.LOST).freshBackupClaim().deleted(),
                        "the volume of db-pvc is gone, so there is nothing to read; to delete db without a final backup:"
                                + " kubectl annotate ms db otus.homework/skip-final-backup=life-2",
                        "Ready=False BackupFailed",
                        "BackupSucceeded=False DataVolumeLost"));
    }

    @Test
    void namesWhatStandsInTheWay() {
        Setback setback = new Setback(Reason.Conflict, "service/db exists and was not made by this operator");

        Projection projection = project(new Given().newlyOrdered(), setback);

        assertThat(projection.status().message()).isEqualTo(setback.message());
        assertThat(projection.notices()).containsExactly(new Notice(Reason.Conflict, setback.message()));
    }

    @Test
    void isNotWrittenAgainWhereNothingHasChanged() {
        Observed first = new Given().running().observed();
        Projection told = StatusProjector.project(first, planner.plan(first), null);

        first.mysql().setStatus(told.status());
        Projection again = StatusProjector.project(first, planner.plan(first), null);

        assertThat(told.changed()).isTrue();
        assertThat(again.changed()).isFalse();
        assertThat(again.notices()).isEmpty();
    }

    @Test
    void keepsTheTimeOfTheLastTransition() {
        Condition before = new Condition("Ready", "True", 1, "2026-11-20T00:00:00Z", "Serving", "");

        MySQLStatus status = project(new Given().running().told(before), null).status();

        assertThat(status.conditionsOrEmpty().get(0).lastTransitionTime()).isEqualTo("2026-11-20T00:00:00Z");
    }

    @Test
    void remembersTheImageThatRan() {
        assertThat(project(new Given().running(), null).status().image()).isEqualTo("mysql:9.7");
        assertThat(project(new Given().newlyOrdered(), null).status().image()).isNull();
    }

    private Projection project(Given given, Setback setback) {
        Observed observed = given.observed();
        return StatusProjector.project(observed, planner.plan(observed), setback);
    }

    private static Arguments row(String situation, Given given, String message, String... conditions) {
        return arguments(situation, given, message, List.of(conditions));
    }
}
