package homework.otus.mysql.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import homework.otus.mysql.accounts.Accounts;
import homework.otus.mysql.api.Condition;
import homework.otus.mysql.api.ConditionType;
import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.api.MySQLStatus;
import homework.otus.mysql.api.RestorePolicy;
import homework.otus.mysql.backup.Archiving;
import homework.otus.mysql.child.JobRun.State;
import homework.otus.mysql.child.Presence;
import homework.otus.mysql.child.StaticVolumes;
import homework.otus.mysql.child.Trouble;
import homework.otus.mysql.observe.Claim.VolumePhase;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.ServerVariant;
import homework.otus.mysql.observe.Turn;
import homework.otus.mysql.observe.Unbound;
import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobOutcome;
import homework.otus.mysql.program.JobResult;
import homework.otus.mysql.program.archive.ServerVersion;
import homework.otus.mysql.program.archive.UpgradePath;
import homework.otus.mysql.program.password.PasswordTask;
import homework.otus.mysql.server.Serving;
import homework.otus.mysql.step.Capability;
import homework.otus.mysql.step.Notice;
import homework.otus.mysql.step.Reason;
import homework.otus.mysql.step.Setback;
import homework.otus.mysql.storage.Growth;
import io.kubernetes.client.extended.controller.reconciler.Request;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StatusProjectorTest {
    private static final Trouble NO_NODE = new Trouble(Trouble.Kind.UNSCHEDULABLE, "", "0/1 nodes");
    private final Planner planner = new Planner(Given.OPERATOR_IMAGE, StaticVolumes.NONE);

    @ParameterizedTest(name = "{0}")
    @MethodSource("situations")
    void tells(String situation, Given given, String message, List<String> conditions) {
        MySQLStatus status = project(given, List.of()).status();

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
                        "serving restored rows, and the status is lost",
                        new Given().running().restoreRemembered(),
                        "db created with restore-job",
                        "Ready=True Serving",
                        "Restored=True Restored",
                        "SpecApplied=True Applied"),
                row(
                        "served before",
                        new Given().running().told().server(false),
                        "the server does not answer: see kubectl describe pod -l app=db",
                        "Ready=False ServerNotReady",
                        "SpecApplied=True Applied"),
                row(
                        "served before, and is started anew for a change",
                        new Given().running().told().serverStartingAnew(),
                        "starting db",
                        "Ready=False Starting",
                        "SpecApplied=Unknown Starting"),
                row(
                        "served before, and crashes when it is started anew for a change",
                        new Given()
                                .running()
                                .told(new Condition("SpecApplied", "True", 1, "", "Applied", ""))
                                .serverStartingAnew(new Trouble(Trouble.Kind.CRASHING, "mysql", "exit code 1")),
                        "the Pod ends again and again (exit code 1): see kubectl logs -p, and see kubectl describe pod"
                                + " -l otus.homework/mysql=db",
                        "Ready=False ServerCrashing",
                        "SpecApplied=Unknown Starting"),
                row(
                        "served before, and does not within the deadline",
                        new Given()
                                .running()
                                .told(new Condition("SpecApplied", "True", 1, "", "Applied", ""))
                                .serverLate(),
                        "the server does not answer: see kubectl describe pod -l app=db",
                        "Ready=False ServerNotReady",
                        "SpecApplied=False ServerNotReady"),
                row(
                        "served before, and is stopped",
                        new Given()
                                .running()
                                .told(new Condition("SpecApplied", "True", 1, "", "Applied", ""))
                                .serverStopping(),
                        "stopping db",
                        "Ready=False Stopping",
                        "SpecApplied=Unknown Starting"),
                row(
                        "a configuration that did not serve is taken back",
                        new Given()
                                .running()
                                .served(Given.VARIANT)
                                .spec(spec -> spec.setConfig(Map.of("max_connections", "9")))
                                .configFailed("OOMKilled"),
                        "the server did not become ready with spec.config (OOMKilled): it runs with the last"
                                + " configuration that served; edit the spec for another try",
                        "Ready=True Serving",
                        "SpecApplied=False ConfigFailed"),
                row(
                        "a first configuration that mysqld refuses",
                        new Given()
                                .running()
                                .server(
                                        Presence.OURS,
                                        false,
                                        false,
                                        false,
                                        new Trouble(Trouble.Kind.CONFIG, "initialise", "[ERROR] unknown")),
                        "mysqld refuses spec.config: [ERROR] unknown",
                        "Ready=False ConfigRefused",
                        "SpecApplied=False ConfigRefused"),
                row(
                        "no such image",
                        new Given()
                                .running()
                                .server(
                                        Presence.OURS,
                                        false,
                                        false,
                                        false,
                                        new Trouble(Trouble.Kind.IMAGE, "mysql", "mysql:9.7")),
                        "the image mysql:9.7 of the Pod can't be pulled: check spec.image, and"
                                + " see kubectl describe pod -l otus.homework/mysql=db",
                        "Ready=False ImagePullFailed",
                        "SpecApplied=True Applied"),
                row(
                        "a container that a service mesh adds ends again and again",
                        new Given()
                                .running()
                                .server(
                                        Presence.OURS,
                                        false,
                                        false,
                                        false,
                                        new Trouble(Trouble.Kind.ADDED_CONTAINER, "proxy", "exit code 1"))
                                .told(),
                        "the container proxy, which is not the operator's, of the server's Pod ends again and again (exit"
                                + " code 1): see kubectl logs -p -c proxy, and see kubectl describe pod -l"
                                + " otus.homework/mysql=db",
                        "Ready=False ServerNotReady",
                        "SpecApplied=True Applied"),
                row(
                        "a Pod without a node",
                        new Given().server(Presence.OURS, false, false, false, NO_NODE),
                        "the server's Pod finds no node (0/1 nodes): see kubectl get pvc, and see kubectl describe pod -l"
                                + " otus.homework/mysql=db",
                        "Ready=False Unschedulable"),
                row(
                        "a storage class that doesn't exist",
                        new Given()
                                .spec(spec -> spec.setStorageClassName("fast"))
                                .server(Presence.OURS, false, false, false, NO_NODE)
                                .unbound(
                                        new Unbound("db-pvc", "fast", "storageclass \"fast\" not found"),
                                        new Unbound("backup-db-pvc", "standard", "")),
                        "the server's Pod finds no node (0/1 nodes); it waits for the volume of db-pvc of storage class"
                                + " fast: storageclass \"fast\" not found; and for backup-db-pvc of storage class"
                                + " standard, the cluster's default; see kubectl describe pvc, and see kubectl describe"
                                + " pod -l otus.homework/mysql=db",
                        "Ready=False Unschedulable"),
                row(
                        "no default storage class, and no storage class",
                        new Given()
                                .server(Presence.OURS, false, false, false, NO_NODE)
                                .unbound(new Unbound("db-pvc", null, ""), new Unbound("backup-db-pvc", "", "")),
                        "the server's Pod finds no node (0/1 nodes); it waits for the volume of db-pvc of the default"
                                + " storage class, but the cluster has none; and for backup-db-pvc of no storage"
                                + " class; see kubectl describe pvc, and see kubectl describe pod -l"
                                + " otus.homework/mysql=db",
                        "Ready=False Unschedulable"),
                row(
                        "another image is looked at",
                        new Given().running().spec(spec -> spec.setImage("mysql:9.8")),
                        "db created without restore-job",
                        "Ready=True Serving",
                        "SpecApplied=Unknown Checking"),
                row(
                        "another image of an older version",
                        new Given()
                                .running()
                                .spec(spec -> spec.setImage("mysql:8.4"))
                                .checkJob(State.COMPLETE, Map.of("present", "Ver 9.7.4", "wanted", "Ver 8.4.0")),
                        UpgradePath.between(
                                                ServerVersion.parse("9.7.4").orElseThrow(),
                                                ServerVersion.parse("8.4.0").orElseThrow())
                                        .sentence()
                                + "; set spec.image to version 9.7.4, or to a supported step up from it."
                                + "; mysql:9.7 goes on as it is",
                        "Ready=True Serving",
                        "SpecApplied=False VersionRefused"),
                row(
                        "no archive before it, and the check Job is gone: it is looked at again for nothing",
                        new Given()
                                .running()
                                .spec(spec -> spec.setImage("mysql:9.8"))
                                .changeArchiveJob(State.FAILED, null),
                        "no backup could be taken before the change to mysql:9.8: the Job failed without reporting a"
                                + " reason; mysql:9.7 goes on as it is. Edit the spec for another try, or set"
                                + " spec.imageChange.backup to false",
                        "Ready=True Serving",
                        "SpecApplied=False BackupFailed"),
                row(
                        "somebody deleted the backup claim that the archive before it needs",
                        new Given()
                                .running()
                                .spec(spec -> spec.setImage("mysql:9.8"))
                                .checkJob(State.COMPLETE, Map.of("present", "Ver 9.7.4", "wanted", "Ver 9.7.5"))
                                .backup(Presence.OURS, null, false, true),
                        "backup-db-pvc was deleted, and goes when the server's Pod ends, so no backup can be taken before"
                                + " the change to mysql:9.8; mysql:9.7 goes on as it is. Restart the server for a new claim:"
                                + " kubectl annotate --overwrite ms db otus.homework/restartedAt=now",
                        "Ready=True Serving",
                        "SpecApplied=False BackupFailed"),
                row(
                        "its Job is suspended",
                        new Given()
                                .running()
                                .spec(spec -> spec.setImage("mysql:9.8"))
                                .checkJobWaiting(Trouble.Kind.SUSPENDED),
                        "db created without restore-job",
                        "Ready=True Serving",
                        "SpecApplied=False JobSuspended"),
                row(
                        "a configuration that mysqld refuses",
                        new Given()
                                .running()
                                .spec(spec -> spec.setConfig(Map.of("max_connections", "many")))
                                .checkJob(State.FAILED, Map.of("wanted", "[ERROR] Unknown suffix 'm'\n")),
                        "mysqld refuses spec.config: [ERROR] Unknown suffix 'm'; mysql:9.7 goes on as it is",
                        "Ready=True Serving",
                        "SpecApplied=False ConfigRefused"),
                row(
                        "the new server does not become ready",
                        new Given()
                                .running()
                                .spec(spec -> spec.setImage("mysql:9.8"))
                                .serverOf(new ServerVariant("mysql:9.8", Map.of()), false)
                                .serverLate()
                                .told(),
                        "the server does not answer: see kubectl describe pod -l app=db",
                        "Ready=False ServerNotReady",
                        "SpecApplied=False ImageChangeFailed"),
                row(
                        "another password, which is not told",
                        new Given().running().spec(spec -> spec.setPassword("s3cret")),
                        "db created without restore-job",
                        "Ready=True Serving",
                        "SpecApplied=True Applied",
                        "PasswordSynced=Unknown PasswordChanging"),
                row(
                        "neither password opens the server",
                        new Given()
                                .running()
                                .spec(spec -> spec.setPassword("s3cret"))
                                .credentials(Given.PASSWORDS.changingTo("s3cret", 2000))
                                .passwordJob(
                                        PasswordTask.CHANGE,
                                        2000,
                                        State.FAILED,
                                        JobResult.failed(FailureReason.AccessDenied, "MySQL objects.")),
                        "MySQL objects. Run `kubectl rollout restart deployment/db`: at its start the server makes the"
                                + " operator's account anew. Then this is tried again.",
                        "Ready=True Serving",
                        "SpecApplied=True Applied",
                        "PasswordSynced=False AccessDenied"),
                row(
                        "MySQL refuses the password that root is to have",
                        new Given()
                                .running()
                                .server(false)
                                .serverRunning(false, Given.NOW.minusSeconds(60))
                                .passwordJob(
                                        PasswordTask.ENSURE,
                                        1000,
                                        State.FAILED,
                                        JobResult.failed(FailureReason.PasswordRefused, "MySQL objects")),
                        "MySQL objects: choose another in spec.password, or correct what the server objects to.",
                        "Ready=False PasswordRefused",
                        "SpecApplied=True Applied",
                        "PasswordSynced=False PasswordRefused"),
                row(
                        "and the data is restored",
                        new Given()
                                .running()
                                .restoreTold()
                                .server(false)
                                .serverRunning(false, Given.NOW.minusSeconds(60))
                                .passwordJob(
                                        PasswordTask.ENSURE,
                                        1000,
                                        State.FAILED,
                                        JobResult.failed(FailureReason.PasswordRefused, "MySQL objects")),
                        "MySQL objects: choose another in spec.password, or correct what the server objects to. The restored data has brought its own rules for passwords along; it is served when"
                                + " spec.password satisfies them.",
                        "Ready=False PasswordRefused",
                        "Restored=True Restored",
                        "SpecApplied=True Applied",
                        "PasswordSynced=False PasswordRefused"),
                row(
                        "MySQL answers, and ends each session",
                        new Given()
                                .running()
                                .server(false)
                                .serverRunning(false, Given.NOW.minusSeconds(60))
                                .passwordJob(
                                        PasswordTask.ENSURE,
                                        1000,
                                        State.FAILED,
                                        JobResult.failed(FailureReason.SessionRefused, "MySQL objects")),
                        "MySQL objects: `kubectl logs deployment/db` says why. offline_mode does so, and init_connect,"
                                + " and too many connections. It is tried again.",
                        "Ready=False AccessDenied",
                        "SpecApplied=True Applied",
                        "PasswordSynced=False AccessDenied"),
                row(
                        "the server recovers, and doesn't answer",
                        new Given()
                                .running()
                                .server(false)
                                .serverRunning(false, Given.NOW.minusSeconds(60))
                                .passwordJob(
                                        PasswordTask.ENSURE,
                                        1000,
                                        State.FAILED,
                                        JobResult.failed(FailureReason.Unreachable, "MySQL objects")),
                        "the server does not answer: see kubectl describe pod -l app=db",
                        "Ready=False ServerNotReady",
                        "SpecApplied=True Applied"),
                row(
                        "the password is changed",
                        new Given()
                                .running()
                                .passwordJob(
                                        PasswordTask.DISCARD,
                                        1000,
                                        State.COMPLETE,
                                        JobResult.of(JobOutcome.Discarded, "", null))
                                .told(new Condition("PasswordSynced", "Unknown", 1, "", "PasswordChanging", "")),
                        "mysql password changed!",
                        "Ready=True Serving",
                        "SpecApplied=True Applied",
                        "PasswordSynced=True PasswordChanged"),
                row(
                        "the old one is forgotten, and the Secret doesn't say so yet",
                        new Given()
                                .running()
                                .credentials(Given.PASSWORDS
                                        .changingTo("otherpass", 2000)
                                        .changed())
                                .passwordJob(
                                        PasswordTask.DISCARD,
                                        2000,
                                        State.COMPLETE,
                                        JobResult.of(JobOutcome.Discarded, "", null)),
                        "mysql password changed!",
                        "Ready=True Serving",
                        "SpecApplied=True Applied",
                        "PasswordSynced=True PasswordChanged"),
                row(
                        "the Job finds no node",
                        new Given()
                                .running()
                                .credentials(Given.PASSWORDS.changingTo("otherpass", 2000))
                                .passwordJobWaiting(PasswordTask.CHANGE, 2000, Trouble.Kind.UNSCHEDULABLE),
                        "the Pod of change-pass-db-job finds no node: see kubectl get pvc, and see kubectl describe pod"
                                + " -l otus.homework/mysql=db",
                        "Ready=True Serving",
                        "SpecApplied=True Applied",
                        "PasswordSynced=False Unschedulable"),
                row(
                        "it was changed, and its Job is gone",
                        new Given()
                                .running()
                                .told(new Condition("PasswordSynced", "True", 1, "", "PasswordChanged", "")),
                        "mysql password changed!",
                        "Ready=True Serving",
                        "SpecApplied=True Applied",
                        "PasswordSynced=True PasswordChanged"),
                row(
                        "a write of the credentials failed, and nothing was changed",
                        new Given().running().told(new Condition("PasswordSynced", "False", 1, "", "WriteFailed", "")),
                        "db created without restore-job",
                        "Ready=True Serving",
                        "SpecApplied=True Applied"),
                row(
                        "the Secret with the password is gone",
                        new Given().running().withoutPassword("Secret s is not there"),
                        "Secret s is not there; the server keeps the password that it has",
                        "Ready=True Serving",
                        "SpecApplied=True Applied",
                        "PasswordSynced=False SecretNotFound"),
                row(
                        "it never was there",
                        new Given().data(VolumePhase.BOUND).freshBackupClaim().withoutPassword("Secret s is not there"),
                        "Secret s is not there",
                        "Ready=False SecretNotFound"),
                row(
                        "a volume grows",
                        new Given().running().dataSize("2Gi", "1Gi").spec(spec -> spec.setStorageSize("2Gi")),
                        "db created without restore-job",
                        "Ready=True Serving",
                        "SpecApplied=True Applied",
                        "StorageResized=Unknown Resizing"),
                row(
                        "it has the size from the beginning",
                        new Given().running().dataSize("2Gi", "2Gi").spec(spec -> spec.setStorageSize("2Gi")),
                        "db created without restore-job",
                        "Ready=True Serving",
                        "SpecApplied=True Applied"),
                row(
                        "the data claim was deleted by hand, and the spec is edited",
                        new Given()
                                .running()
                                .data(Presence.OURS, VolumePhase.BOUND, true)
                                .toBeRestarted(),
                        "what the spec says waits, for db-pvc was deleted by hand and no new Pod can mount it: the server is"
                                + " left as it is; see \"The data claim was deleted\" in docs/operations.md",
                        "Ready=True Serving",
                        "SpecApplied=False DataClaimDeleted",
                        "DataVolumeTerminating=True DataClaimDeleted"),
                row(
                        "a restore failed, and the user wants none any more",
                        new Given()
                                .running()
                                .restoreJob(State.FAILED, JobResult.failed(FailureReason.Corrupt, "damaged"))
                                .told(new Condition("Restored", "False", 1, "", "RestoreFailed", "damaged"))
                                .spec(spec -> spec.setRestorePolicy(RestorePolicy.Never)),
                        "db created without restore-job",
                        "Ready=True Serving",
                        "SpecApplied=True Applied"),
                row(
                        "it has grown",
                        new Given().running().dataSize("2Gi", "2Gi").dataGrown(),
                        "db created without restore-job",
                        "Ready=True Serving",
                        "SpecApplied=True Applied",
                        "StorageResized=True Resized"),
                row(
                        "left alone",
                        new Given().running().spec(spec -> spec.setPaused(true)),
                        "db is left alone until spec.paused is false",
                        "Ready=True Paused",
                        "SpecApplied=True Applied",
                        "Paused=True Paused"),
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
                        "stopping, and something does not go",
                        new Given()
                                .running()
                                .lingering("Pod db-1, which keeps the finalizer example.com/hold")
                                .deleted(),
                        "stopping db for its final backup: it waits for Pod db-1, which keeps the finalizer"
                                + " example.com/hold",
                        "Ready=False Stopping"),
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
                        "a backup that failed without reporting a reason",
                        new Given()
                                .data(VolumePhase.BOUND)
                                .freshBackupClaim()
                                .backupJobFailed(1, Given.NOW)
                                .deleted(),
                        "the backup Job failed without reporting a reason: see kubectl describe job and kubectl logs; it is tried"
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

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void tellsOfARestartForANewerOperator(String situation, Given given, String condition, boolean ready) {
        MySQLStatus status = project(given, List.of()).status();

        assertThat(status.condition(ConditionType.SpecApplied)
                        .map(spec -> spec.status() + " " + spec.reason() + ": " + spec.message()))
                .hasValue(condition);
        assertThat(status.condition(ConditionType.Ready).map(Condition::status)).hasValue(ready ? "True" : "False");
    }

    static Stream<Arguments> tellsOfARestartForANewerOperator() {
        String pending = "True RestartPending: the server runs what the spec says; a newer operator makes its Pod"
                + " otherwise, for which it is restarted ";
        String restarting = "Unknown Restarting: the server is restarted, for a newer operator makes its Pod otherwise";
        List<Request> holders =
                List.of(new Request("team", "orders"), new Request("other", "secret"), new Request("team", "carts"));
        return Stream.of(
                arguments(
                        "it waits for others",
                        other().turn(Turn.after(holders, "team")),
                        pending + "in its turn, after orders, carts, 1 in other namespaces",
                        true),
                arguments(
                        "it waits for its user",
                        other().turn(Turn.after(List.of(), "team")),
                        pending + "when you ask for a restart",
                        true),
                arguments("its turn", other().turn(Turn.OURS), restarting, true),
                arguments(
                        "it is restarted",
                        new Given().running().serverStartingAnew().turn(Turn.OURS),
                        restarting,
                        false),
                arguments(
                        "it doesn't become ready",
                        new Given().running().serverLate().turn(Turn.OURS),
                        "False RestartFailed: the server does not become ready since a newer operator has restarted it:"
                                + " see kubectl logs deploy/db. No other database is restarted meanwhile: see"
                                + " \"Upgrading the operator\" in docs/operations.md",
                        false),
                arguments(
                        "its Deployment is deleted meanwhile",
                        new Given()
                                .running()
                                .server(Presence.OURS, false, true, false, Trouble.NONE)
                                .turn(Turn.OURS),
                        restarting,
                        false),
                arguments(
                        "what is left alone waits for no turn",
                        other().spec(spec -> spec.setPaused(true)),
                        "True Applied: the server runs what the spec says",
                        true),
                arguments(
                        "a change of the user's that is looked at is told first",
                        other().spec(spec -> spec.setImage("mysql:9.8")),
                        "Unknown Checking: looking whether mysql:9.8 will do; mysql:9.7 goes on as it is",
                        true));
    }

    @ParameterizedTest
    @CsvSource({"0,False", "1,True", "2,False"})
    void tellsOfServersThatNobodyHasAskedFor(int replicas, String applied) {
        Given given = new Given()
                .running()
                .serverAltered(deployment -> deployment.getSpec().setReplicas(replicas));

        MySQLStatus status = project(given, List.of()).status();

        assertThat(status.condition(ConditionType.SpecApplied)).hasValueSatisfying(spec -> {
            assertThat(spec.status()).isEqualTo(applied);
            assertThat(spec.reason()).isEqualTo(replicas == 1 ? "Applied" : "ReplicasChanged");
        });
    }

    private static Given other() {
        return new Given().running().madeByAnotherOperator();
    }

    @ParameterizedTest
    @CsvSource({"Restarting,true", "RestartFailed,true", "RestartPending,false", "Applied,false"})
    void anotherLeaderKnowsByTheStatusWhatIsBeingRestarted(String reason, boolean restarting) {
        Given given = new Given().told(new Condition("SpecApplied", "True", 1, "2026-11-21T11:00:00Z", reason, ""));

        assertThat(StatusProjector.restarting(given.observed().mysql())).isEqualTo(restarting);
    }

    @Test
    void namesWhatStandsInTheWay() {
        Setback setback = new Setback(Serving.SERVICE, Setback.Cause.CONFLICT, "service/db", "");
        String message =
                "service/db exists and is not this MySQL's: it is left alone; rename or delete it, or give this"
                        + " MySQL another name";

        Projection projection = project(new Given().newlyOrdered(), List.of(setback));

        assertThat(projection.status().message()).isEqualTo(message);
        assertThat(projection.notices()).containsExactly(new Notice(Reason.Conflict, message));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("setbacks")
    void tellsWhatTheApiServerDidNotTake(
            String situation, Given given, List<Setback> setbacks, String message, List<String> conditions) {
        MySQLStatus status = project(given, setbacks).status();

        assertThat(status.message()).isEqualTo(message);
        assertThat(status.conditionsOrEmpty())
                .extracting(condition -> condition.type() + "=" + condition.status() + " " + condition.reason())
                .containsExactlyElementsOf(conditions);
    }

    static Stream<Arguments> setbacks() {
        String storage =
                "the API server refuses it: no room; the database goes on with the size it has. Set allowVolumeExpansion: true on the"
                        + " StorageClass if its driver can, or see \"A volume that can't grow\" in docs/operations.md; it is"
                        + " tried again every few minutes";
        return Stream.of(
                set(
                        "a refused growth is no reason not to be ready",
                        new Given().running(),
                        List.of(refused(Growth.DATA_GROWTH)),
                        storage,
                        "Ready=True Serving",
                        "SpecApplied=True Applied",
                        "StorageResized=False ExpansionRefused"),
                set(
                        "each is told by its own condition",
                        new Given().running(),
                        List.of(refused(Growth.DATA_GROWTH), refused(Accounts.PASSWORD)),
                        "the API server refuses it: no room",
                        "Ready=True Serving",
                        "SpecApplied=True Applied",
                        "PasswordSynced=False Refused",
                        "StorageResized=False ExpansionRefused"),
                set(
                        "a server that runs, and can't be changed",
                        new Given().running(),
                        List.of(failed(Serving.SERVER)),
                        "the API server fails to write it: webhook down",
                        "Ready=True Serving",
                        "SpecApplied=False WriteFailed"),
                set(
                        "one that can't be made",
                        new Given().data(VolumePhase.BOUND).freshBackupClaim().credentials(),
                        List.of(refused(Serving.SERVICE), failed(Serving.SERVER)),
                        "the API server refuses it: no room; and the API server fails to write it: webhook down",
                        "Ready=False Refused"),
                set(
                        "a server without its Service is reached by nobody",
                        new Given()
                                .data(VolumePhase.BOUND)
                                .freshBackupClaim()
                                .credentials()
                                .server(true),
                        List.of(refused(Serving.SERVICE)),
                        "the API server refuses it: no room",
                        "Ready=False Refused",
                        "SpecApplied=True Applied"),
                set(
                        "at the end",
                        new Given().data(VolumePhase.BOUND).freshBackupClaim().deleted(),
                        List.of(failed(Archiving.ARCHIVE)),
                        "the API server fails to write it: webhook down",
                        "Ready=False WriteFailed",
                        "BackupSucceeded=Unknown BackingUp"),
                set(
                        "what is over is told no longer",
                        new Given()
                                .running()
                                .server(false)
                                .told(new Condition("SpecApplied", "False", 1, "", "Refused", "no room")),
                        List.of(),
                        "the server does not answer: see kubectl describe pod -l app=db",
                        "Ready=False ServerNotReady",
                        "SpecApplied=True Applied"));
    }

    @ParameterizedTest(name = "{0} {1} for {2} s: again after {3} s")
    @CsvSource({
        "FAILED, WriteFailed, 0, 8",
        "FAILED, WriteFailed, 3600, 8",
        "REFUSED, Starting, 3600, 10",
        "REFUSED, Refused, 5, 10",
        "CONFLICT, Conflict, 60, 30",
        "REFUSED, Refused, 86400, 300"
    })
    void looksAgain(Setback.Cause cause, String reason, int age, int expected) {
        Given given = new Given()
                .told(new Condition(
                        "Ready", "False", 1, Given.NOW.minusSeconds(age).toString(), reason, ""));

        assertThat(SetbackFindings.retryAfter(
                        given.observed(), List.of(new Setback(Serving.SERVER, cause, "deployment/db", "no room"))))
                .contains(Duration.ofSeconds(expected));
    }

    private static Setback refused(Capability capability) {
        return new Setback(capability, Setback.Cause.REFUSED, "it", "no room");
    }

    private static Setback failed(Capability capability) {
        return new Setback(capability, Setback.Cause.FAILED, "it", "webhook down");
    }

    private static Arguments set(
            String situation, Given given, List<Setback> setbacks, String message, String... conditions) {
        return arguments(situation, given, setbacks, message, List.of(conditions));
    }

    @Test
    void isNotWrittenAgainWhereNothingHasChanged() {
        Observed first = new Given().running().observed();
        Projection told = StatusProjector.project(first, planner.plan(first), List.of());

        first.mysql().setStatus(told.status());
        Projection again = StatusProjector.project(first, planner.plan(first), List.of());

        assertThat(told.changed()).isTrue();
        assertThat(again.changed()).isFalse();
        assertThat(again.notices()).isEmpty();
    }

    @Test
    void keepsTheTimeOfTheLastTransition() {
        Condition before = new Condition("Ready", "True", 1, "2026-11-20T00:00:00Z", "Serving", "");

        MySQLStatus status =
                project(new Given().running().told(before), List.of()).status();

        assertThat(status.conditionsOrEmpty().get(0).lastTransitionTime()).isEqualTo("2026-11-20T00:00:00Z");
    }

    @Test
    void remembersTheImageThatRan() {
        assertThat(project(new Given().running(), List.of()).status().image()).isEqualTo("mysql:9.7");
        assertThat(project(new Given().newlyOrdered(), List.of()).status().image())
                .isNull();
    }

    @Test
    void whatCannotBeReadIsToldOnceAndForgetsNothingElse() {
        Condition backup = new Condition("BackupSucceeded", "False", 1, "2026-11-20T00:00:00Z", "BackupFailed", "why");
        MySQL mysql = new Given().running().told(backup).observed().mysql();
        List<String> problems = List.of("pods/a: spec: why", "pods/b: spec: why");

        Projection told = StatusProjector.unreadable(mysql, problems, Given.NOW);
        mysql.setStatus(told.status());
        Projection again = StatusProjector.unreadable(mysql, problems, Given.NOW.plusSeconds(60));

        assertThat(told.status().message()).endsWith(": pods/a: spec: why; pods/b: spec: why");
        assertThat(told.status().conditionsOrEmpty())
                .extracting(condition -> condition.type() + "=" + condition.status() + " " + condition.reason())
                .containsExactly("Ready=False Unreadable", "BackupSucceeded=False BackupFailed");
        assertThat(told.notices()).extracting(Notice::reason).containsExactly(Reason.Unreadable);
        assertThat(again.changed()).isFalse();
        assertThat(again.notices()).isEmpty();
    }

    private Projection project(Given given, List<Setback> setbacks) {
        Observed observed = given.observed();
        return StatusProjector.project(observed, planner.plan(observed), setbacks);
    }

    @Test
    void aRefusalThatDiffersInNumbersAloneIsToldOnce() {
        Given given = new Given().running();
        MySQLStatus first = project(given, List.of(reset("deployment/db", "10.0.0.1:40002->10.0.0.2:443: reset")))
                .status();
        given.told(first.conditionsOrEmpty().toArray(Condition[]::new));

        assertThat(condition(given, reset("deployment/db", "10.0.0.1:40004->10.0.0.2:443: reset")))
                .contains("40002");
        assertThat(condition(given, reset("deployment/db", "10.0.0.1:40004->10.0.0.2:443: refused")))
                .contains("40004");
        assertThat(condition(given, reset("deployment/db2", "10.0.0.1:40004->10.0.0.2:443: reset")))
                .contains("40004");
    }

    private static Setback reset(String object, String words) {
        return new Setback(Serving.SERVER, Setback.Cause.FAILED, object, words);
    }

    private String condition(Given given, Setback setback) {
        return project(given, List.of(setback))
                .status()
                .condition(ConditionType.SpecApplied)
                .orElseThrow()
                .message();
    }

    private static Arguments row(String situation, Given given, String message, String... conditions) {
        return arguments(situation, given, message, List.of(conditions));
    }
}
