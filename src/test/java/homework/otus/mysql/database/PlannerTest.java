package homework.otus.mysql.database;

import static homework.otus.mysql.database.Given.NOW;
import static homework.otus.mysql.database.Given.UID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import homework.otus.mysql.accounts.Passwords;
import homework.otus.mysql.api.BackupSpec;
import homework.otus.mysql.api.Condition;
import homework.otus.mysql.api.DeletionPolicy;
import homework.otus.mysql.api.ImageChangeSpec;
import homework.otus.mysql.api.RestorePolicy;
import homework.otus.mysql.child.JobRun.State;
import homework.otus.mysql.child.Presence;
import homework.otus.mysql.child.Trouble;
import homework.otus.mysql.observe.Claim.VolumePhase;
import homework.otus.mysql.observe.MadeUp;
import homework.otus.mysql.observe.Observed.NodeFolders;
import homework.otus.mysql.observe.ServedMark;
import homework.otus.mysql.observe.ServerVariant;
import homework.otus.mysql.observe.Turn;
import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobResult;
import homework.otus.mysql.program.password.PasswordTask;
import homework.otus.mysql.step.Action;
import homework.otus.mysql.step.Pace;
import homework.otus.mysql.step.Phase;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Toleration;
import io.kubernetes.client.openapi.models.V1Volume;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlannerTest {
    private static final JobResult RESTORED = result("Restored", true);
    private static final JobResult NOTHING_TO_RESTORE = result("NothingToRestore", false);
    private static final JobResult ALREADY_THERE = result("AlreadyThere", false);
    private static final JobResult BACKED_UP = result("Complete", true);
    private static final JobResult NOTHING_TO_BACK_UP = result("NothingToBackUp", false);

    private static final JobResult CHANGED = result("Changed", false);
    private static final JobResult REFUSED = JobResult.failed(FailureReason.PasswordRefused, "m");

    @ParameterizedTest(name = "{0}")
    @MethodSource({
        "creating",
        "restoring",
        "running",
        "otherPasswords",
        "serversThatDoNotStart",
        "otherServers",
        "growing",
        "leftAlone",
        "deleting",
        "backingUp",
        "releasing",
        "onStaticVolumes"
    })
    void plans(String situation, Given given, Phase phase, List<String> actions) {
        Plan plan = plan(given);

        assertThat(plan.actions().stream().map(Action::summary)).containsExactlyElementsOf(actions);
        assertThat(plan.phase()).isEqualTo(phase);
    }

    static Stream<Arguments> creating() {
        return Stream.of(
                row(
                        "a new order: everything at once",
                        new Given().newlyOrdered(),
                        Phase.STARTING,
                        "patch MySQL db finalizers=[otus.homework/final-backup]",
                        "create PersistentVolumeClaim db-pvc",
                        "create PersistentVolumeClaim backup-db-pvc",
                        "create Secret db-credentials",
                        "create Secret db-binding",
                        "create Service db",
                        "create Deployment db"),
                row(
                        "half made: only what is missing",
                        new Given().data(VolumePhase.PENDING).credentials(),
                        Phase.STARTING,
                        "create PersistentVolumeClaim backup-db-pvc",
                        "create Service db",
                        "create Deployment db"),
                row(
                        "claims are not waited for: their consumer binds them",
                        new Given()
                                .data(VolumePhase.PENDING)
                                .freshBackupClaim()
                                .credentials()
                                .service(),
                        Phase.STARTING,
                        "create Deployment db"),
                row(
                        "an earlier life's Deployment still goes",
                        new Given()
                                .data(VolumePhase.BOUND)
                                .freshBackupClaim()
                                .server(Presence.EARLIER, true, true, false, Trouble.NONE),
                        Phase.WAITING_FOR_EARLIER_LIFE),
                row(
                        "an earlier life's Pod may still write",
                        new Given().freshBackupClaim().serverStopping(),
                        Phase.WAITING_FOR_EARLIER_LIFE),
                row("an earlier life's Secret still goes", new Given().earlierOwned(), Phase.WAITING_FOR_EARLIER_LIFE),
                row(
                        "an earlier life's data claim is Terminating: never adopted",
                        new Given().backupOf("life-1").data(Presence.EARLIER, VolumePhase.BOUND, true),
                        Phase.WAITING_FOR_EARLIER_LIFE),
                row(
                        "an earlier life's data claim stayed: its rows are adopted, by way of the restore Job",
                        new Given().backupOf("life-1").data(Presence.EARLIER, VolumePhase.BOUND, false),
                        Phase.RESTORING,
                        "patch PersistentVolumeClaim db-pvc labels=[otus.homework/mysql-uid]"));
    }

    static Stream<Arguments> restoring() {
        return Stream.of(
                row(
                        "a backup of an earlier life: the data claim first, for the Job names its uid",
                        new Given().newlyOrdered().backupOf("life-1"),
                        Phase.RESTORING,
                        "patch MySQL db finalizers=[otus.homework/final-backup]",
                        "create PersistentVolumeClaim db-pvc"),
                row(
                        "then the Job",
                        new Given().backupOf("life-1").data(VolumePhase.PENDING),
                        Phase.RESTORING,
                        "create Job restore-db-job"),
                row(
                        "a finished Job of an earlier life is no result",
                        new Given().backupOf("life-1").data(VolumePhase.PENDING).earlierRestoreJob(),
                        Phase.RESTORING,
                        "delete Job restore-db-job",
                        "create Job restore-db-job"),
                row(
                        "a Pod that nobody knows has the data, as that of a Job that was deleted alone",
                        new Given().backupOf("life-1").data(VolumePhase.BOUND).heldBy("restore-db-job-x"),
                        Phase.STOPPING),
                row("the Job runs", restoring(State.RUNNING, null), Phase.RESTORING),
                row(
                        "restored: the server is made",
                        restoring(State.COMPLETE, RESTORED),
                        Phase.STARTING,
                        "create Secret db-credentials",
                        "create Secret db-binding",
                        "create Service db",
                        "create Deployment db"),
                row(
                        "nothing there: the server is made",
                        restoring(State.COMPLETE, NOTHING_TO_RESTORE),
                        Phase.STARTING,
                        "create Secret db-credentials",
                        "create Secret db-binding",
                        "create Service db",
                        "create Deployment db"),
                row(
                        "the Pod was gone before it was read: once more, after a while",
                        new Given().backupOf("life-1").data(VolumePhase.BOUND).restoreJobWithoutPod(State.COMPLETE),
                        Phase.RESTORE_FAILED),
                row(
                        "a Job that looked at another backup claim is ignored",
                        new Given()
                                .data(VolumePhase.BOUND)
                                .restoreJob(State.COMPLETE, NOTHING_TO_RESTORE)
                                .spec(spec -> spec.setRestorePolicy(RestorePolicy.Required)),
                        Phase.RESTORING,
                        "create PersistentVolumeClaim backup-db-pvc"),
                row(
                        "the Pod is gone, but the data claim remembers",
                        new Given()
                                .backupOf("life-1")
                                .data(VolumePhase.BOUND)
                                .restoreJobWithoutPod(State.COMPLETE)
                                .restoreRemembered(),
                        Phase.STARTING,
                        "create Secret db-credentials",
                        "create Secret db-binding",
                        "create Service db",
                        "create Deployment db"),
                row(
                        "failed a moment ago: never an empty database instead",
                        new Given().backupOf("life-1").data(VolumePhase.BOUND).restoreJobFailed(1, NOW.minusSeconds(9)),
                        Phase.RESTORE_FAILED),
                row(
                        "failed a while ago: again",
                        new Given()
                                .backupOf("life-1")
                                .data(VolumePhase.BOUND)
                                .restoreJobFailed(1, NOW.minusSeconds(10)),
                        Phase.RESTORING,
                        "delete Job restore-db-job",
                        "create Job restore-db-job"),
                row(
                        "failed, and the spec was changed since: again at once",
                        new Given().backupOf("life-1").data(VolumePhase.BOUND).restoreJobFailed(0, NOW),
                        Phase.RESTORING,
                        "delete Job restore-db-job",
                        "create Job restore-db-job"),
                row(
                        "the start script found archives on a volume that was thought new",
                        new Given()
                                .data(VolumePhase.BOUND)
                                .freshBackupClaim()
                                .credentials()
                                .service()
                                .server(
                                        Presence.OURS,
                                        false,
                                        false,
                                        true,
                                        new Trouble(Trouble.Kind.INITIALISATION, "initialise", "exit code 3")),
                        Phase.RESTORING,
                        "patch PersistentVolumeClaim backup-db-pvc annotations=[otus.homework/holds-archives]",
                        "delete Deployment db"),
                row(
                        "and again although the Job was asked: not without a delay",
                        new Given()
                                .data(VolumePhase.BOUND)
                                .backup(Presence.OURS, null, true, false)
                                .credentials()
                                .service()
                                .restoreJob(State.COMPLETE, NOTHING_TO_RESTORE)
                                .server(
                                        Presence.OURS,
                                        false,
                                        false,
                                        true,
                                        new Trouble(Trouble.Kind.INITIALISATION, "initialise", "exit code 3")),
                        Phase.RESTORING),
                row(
                        "data that is missing after its mark was removed: archives of this very claim are looked for",
                        new Given()
                                .data(VolumePhase.BOUND)
                                .backup(Presence.OURS, Given.record(UID, Given.DATA_UID), false, false),
                        Phase.RESTORING,
                        "create Job restore-db-job"),
                row(
                        "data that has served is newer than its own archive",
                        new Given()
                                .data(VolumePhase.BOUND)
                                .served(Given.VARIANT)
                                .backup(Presence.OURS, Given.record(UID, Given.DATA_UID), false, false)
                                .credentials()
                                .service(),
                        Phase.STARTING,
                        "create Deployment db"),
                row(
                        "an earlier life's backup claim never had a volume: another takes its place",
                        new Given().backupPending(Presence.EARLIER),
                        Phase.WAITING_FOR_EARLIER_LIFE,
                        "delete PersistentVolumeClaim backup-db-pvc"),
                row(
                        "one that asks for a volume by its name is waited for",
                        new Given().backupOfVolume("brought"),
                        Phase.RESTORING,
                        "create PersistentVolumeClaim db-pvc"),
                row(
                        "a failed Job's Pod lets the backup claim go that somebody deleted",
                        new Given().backup(Presence.EARLIER, null, false, true).restoreJob(State.FAILED, null),
                        Phase.WAITING_FOR_EARLIER_LIFE,
                        "delete Pod restore-db-job-pod"),
                row(
                        "a Pod that nobody knows may write to what has served",
                        new Given()
                                .data(VolumePhase.BOUND)
                                .served(Given.VARIANT)
                                .freshBackupClaim()
                                .heldBy("stray"),
                        Phase.STOPPING),
                row(
                        "both claims have lost their labels",
                        new Given().running().mislabelled(),
                        Phase.SERVING,
                        "patch PersistentVolumeClaim db-pvc labels=[app.kubernetes.io/name, app.kubernetes.io/component, app.kubernetes.io/managed-by, otus.homework/mysql]",
                        "patch PersistentVolumeClaim backup-db-pvc labels=[app.kubernetes.io/name, app.kubernetes.io/component, app.kubernetes.io/managed-by, otus.homework/mysql]"),
                row(
                        "and then they are restored",
                        new Given().data(VolumePhase.BOUND).backup(Presence.OURS, null, true, false),
                        Phase.RESTORING,
                        "create Job restore-db-job"));
    }

    static Stream<Arguments> running() {
        return Stream.of(
                row("all is well: nothing", new Given().running(), Phase.SERVING),
                row(
                        "it is ready for the first time: its data claim says so",
                        new Given()
                                .data(VolumePhase.BOUND)
                                .freshBackupClaim()
                                .credentials()
                                .service()
                                .server(true),
                        Phase.SERVING,
                        "patch PersistentVolumeClaim db-pvc annotations=[otus.homework/served]",
                        "apply Secret db-credentials"),
                row(
                        "another one is ready than the data claim says",
                        new Given().running().served(new ServerVariant("mysql:9.6", Map.of())),
                        Phase.SERVING,
                        "patch PersistentVolumeClaim db-pvc annotations=[otus.homework/served]"),
                row("not ready yet: nothing", new Given().running().server(false), Phase.STARTING),
                row(
                        "somebody scaled the server",
                        new Given()
                                .running()
                                .serverDrifted(
                                        deployment -> deployment.getSpec().setReplicas(0)),
                        Phase.SERVING,
                        "apply Deployment db"),
                row(
                        "a configuration that passed the check does not serve: the one before is put back",
                        new Given()
                                .running()
                                .served(Given.VARIANT)
                                .spec(spec -> spec.setConfig(Map.of("max_connections", "9")))
                                .serverOf(new ServerVariant("mysql:9.7", Map.of("max_connections", "9")), false)
                                .serverLate(),
                        Phase.STARTING,
                        "patch PersistentVolumeClaim db-pvc annotations=[otus.homework/failed-config]",
                        "apply Deployment db"),
                row(
                        "and is not tried again",
                        new Given()
                                .running()
                                .served(Given.VARIANT)
                                .spec(spec -> spec.setConfig(Map.of("max_connections", "9")))
                                .configFailed("OOMKilled"),
                        Phase.SERVING),
                row(
                        "until something else is asked for, which is checked",
                        new Given()
                                .running()
                                .served(Given.VARIANT)
                                .spec(spec -> spec.setConfig(Map.of("max_connections", "9")))
                                .configFailed("OOMKilled")
                                .spec(spec -> spec.setConfig(Map.of("max_connections", "8"))),
                        Phase.SERVING,
                        "create Job check-db-job"),
                row(
                        "an image that does not serve stays",
                        new Given()
                                .running()
                                .served(Given.VARIANT)
                                .spec(spec -> spec.setImage("mysql:9.8"))
                                .serverOf(new ServerVariant("mysql:9.8", Map.of()), false)
                                .serverLate(),
                        Phase.STARTING),
                row(
                        "an image that admission has rewritten is not another one",
                        new Given()
                                .running()
                                .serverDrifted(deployment -> deployment
                                        .getSpec()
                                        .getTemplate()
                                        .getSpec()
                                        .getContainers()
                                        .get(0)
                                        .setImage("mirror/mysql:9.7")),
                        Phase.SERVING,
                        "apply Deployment db"),
                row(
                        "what admission makes of it each time is no drift",
                        new Given().running().serverAltered(PlannerTest::mirror),
                        Phase.SERVING),
                row(
                        "but what somebody changes beside it is",
                        new Given()
                                .running()
                                .serverAltered(PlannerTest::mirror)
                                .drifting(deployment -> deployment.getSpec().setReplicas(0)),
                        Phase.SERVING,
                        "apply Deployment db"),
                row(
                        "nor is it of a Secret",
                        new Given().running().credentialsAltered(PlannerTest::amend),
                        Phase.SERVING),
                row(
                        "of which somebody's change is undone, too",
                        new Given()
                                .running()
                                .credentialsAltered(PlannerTest::amend)
                                .credentialsDrifting(secret -> secret.putDataItem("init.sql", new byte[] {'x'})),
                        Phase.SERVING,
                        "apply Secret db-credentials"),
                row(
                        "somebody has narrowed what the Service selects",
                        new Given()
                                .running()
                                .serviceDrifting(service -> service.getSpec().putSelectorItem("tier", "x")),
                        Phase.SERVING,
                        "apply Service db"),
                row(
                        "somebody asks for a restart",
                        new Given().running().toBeRestarted(),
                        Phase.SERVING,
                        "apply Deployment db"),
                row(
                        "what only a start reads restarts nothing",
                        new Given().running().spec(spec -> spec.setRestorePolicy(RestorePolicy.Required)),
                        Phase.SERVING,
                        "apply Secret db-credentials"),
                row("it was restarted: nothing", new Given().running().restarted(), Phase.SERVING),
                row(
                        "kubectl rollout restart: nothing, or it would be restarted twice",
                        new Given()
                                .running()
                                .serverDrifted(deployment -> deployment
                                        .getSpec()
                                        .getTemplate()
                                        .getMetadata()
                                        .putAnnotationsItem("kubectl.kubernetes.io/restartedAt", "now")),
                        Phase.SERVING),
                row(
                        "left by an earlier life, or brought back by a backup tool, without owners: adopted",
                        new Given().running().withoutOwners(),
                        Phase.SERVING,
                        "apply Secret db-credentials",
                        "apply Secret db-binding",
                        "apply Service db",
                        "apply Deployment db"),
                row(
                        "the Deployment was deleted alone: it is made again and takes over what runs",
                        new Given().running().told().serverOrphaned(),
                        Phase.STARTING,
                        "create Deployment db"),
                row(
                        "also where a restore might be needed",
                        new Given().running().backupOf("life-1").told().serverOrphaned(),
                        Phase.STARTING,
                        "create Deployment db"),
                row(
                        "a Pod was left alone: another takes it over",
                        new Given().running().serverBesideAnOrphan(Trouble.NONE),
                        Phase.STARTING),
                row(
                        "or can't, and fails on its lock",
                        new Given().running().serverBesideAnOrphan(new Trouble(Trouble.Kind.CRASHING, "mysql", "")),
                        Phase.STARTING,
                        "delete Pod db-1-pod"),
                row(
                        "somebody deleted the data claim: the server goes on",
                        new Given().running().data(Presence.OURS, VolumePhase.BOUND, true),
                        Phase.SERVING),
                row(
                        "and is not started anew, whatever is asked for",
                        new Given()
                                .running()
                                .data(Presence.OURS, VolumePhase.BOUND, true)
                                .toBeRestarted(),
                        Phase.SERVING),
                row(
                        "nor stopped for another image that would do",
                        wanting("mysql:9.8")
                                .checkJob(State.COMPLETE, Map.of("present", "Ver 9.7.4", "wanted", "Ver 9.7.5"))
                                .data(Presence.OURS, VolumePhase.BOUND, true),
                        Phase.SERVING),
                row(
                        "and is not made again on a claim that no Pod may mount",
                        new Given().freshBackupClaim().data(Presence.OURS, VolumePhase.BOUND, true),
                        Phase.DATA_VOLUME_TERMINATING),
                row(
                        "a restored one's Job stays, its Pod goes once the data claim remembers",
                        new Given()
                                .running()
                                .restoreJob(State.COMPLETE, RESTORED)
                                .restoreRemembered(),
                        Phase.SERVING,
                        "delete Pod restore-db-job-pod"),
                row(
                        "not before",
                        new Given().running().restoreJob(State.COMPLETE, RESTORED),
                        Phase.SERVING,
                        "patch PersistentVolumeClaim db-pvc annotations=[otus.homework/served]"),
                row(
                        "an operator of before has told of the restore in the status alone: the data claim learns it",
                        new Given().running().told(new Condition("Restored", "True", 1, "", "Restored", "")),
                        Phase.SERVING,
                        "patch PersistentVolumeClaim db-pvc annotations=[otus.homework/served]"),
                row(
                        "a Job that found nothing goes",
                        new Given().running().restoreJob(State.COMPLETE, NOTHING_TO_RESTORE),
                        Phase.SERVING,
                        "delete Job restore-db-job"),
                row(
                        "one that found the rows in place goes, too",
                        new Given().running().restoreJob(State.COMPLETE, ALREADY_THERE),
                        Phase.SERVING,
                        "delete Job restore-db-job"));
    }

    static Stream<Arguments> otherPasswords() {
        Passwords changing = Given.PASSWORDS.changingTo("other", 2000);
        Passwords retained = changing.changed();
        return Stream.of(
                row(
                        "another password: the Secret learns it first",
                        asking("other"),
                        Phase.SERVING,
                        "apply Secret db-credentials",
                        "create Job change-pass-db-job"),
                row("not while the server can't take it", asking("other").server(false), Phase.STARTING),
                row(
                        "the Secret knows it, and the Job is missing",
                        asking("other").credentials(changing),
                        Phase.SERVING,
                        "create Job change-pass-db-job"),
                row(
                        "the Job runs",
                        asking("other")
                                .credentials(changing)
                                .passwordJob(PasswordTask.CHANGE, 2000, State.RUNNING, null),
                        Phase.SERVING),
                row(
                        "a Job of another change is ignored",
                        asking("other")
                                .credentials(changing)
                                .passwordJob(PasswordTask.CHANGE, 1500, State.COMPLETE, CHANGED),
                        Phase.SERVING,
                        "delete Job change-pass-db-job",
                        "create Job change-pass-db-job"),
                row(
                        "the server takes both: the Secret follows, then the old one is forgotten",
                        asking("other")
                                .credentials(changing)
                                .passwordJob(PasswordTask.CHANGE, 2000, State.COMPLETE, CHANGED),
                        Phase.SERVING,
                        "apply Secret db-credentials",
                        "delete Job change-pass-db-job",
                        "create Job change-pass-db-job"),
                row(
                        "killed before the old one was forgotten",
                        asking("other")
                                .credentials(retained)
                                .passwordJob(PasswordTask.CHANGE, 2000, State.COMPLETE, CHANGED),
                        Phase.SERVING,
                        "delete Job change-pass-db-job",
                        "create Job change-pass-db-job"),
                row(
                        "forgotten: the Secret says so",
                        asking("other")
                                .credentials(retained)
                                .passwordJob(PasswordTask.DISCARD, 2000, State.COMPLETE, null),
                        Phase.SERVING,
                        "apply Secret db-credentials",
                        "delete Pod change-pass-db-job-pod"),
                row(
                        "all done: the Job is kept for inspection",
                        asking("other")
                                .credentials(retained.discarded())
                                .passwordJob(PasswordTask.DISCARD, 2000, State.COMPLETE, null),
                        Phase.SERVING,
                        "delete Pod change-pass-db-job-pod"),
                row(
                        "a third one waits until the second is in force",
                        asking("third")
                                .credentials(changing)
                                .passwordJob(PasswordTask.CHANGE, 2000, State.RUNNING, null),
                        Phase.SERVING),
                row(
                        "and then has its turn, after the first is forgotten",
                        asking("third").credentials(retained.discarded()),
                        Phase.SERVING,
                        "apply Secret db-credentials",
                        "create Job change-pass-db-job"),
                row(
                        "MySQL refuses it: the same is not tried again",
                        asking("other")
                                .credentials(changing)
                                .passwordJob(PasswordTask.CHANGE, 2000, State.FAILED, REFUSED),
                        Phase.SERVING),
                row(
                        "but another is",
                        asking("third")
                                .credentials(changing)
                                .passwordJob(PasswordTask.CHANGE, 2000, State.FAILED, REFUSED),
                        Phase.SERVING,
                        "apply Secret db-credentials"),
                row(
                        "the Secret of the user is gone: the server keeps what it has",
                        new Given().running().withoutPassword("Secret s is not there"),
                        Phase.SERVING),
                row(
                        "it was never there: nothing is served",
                        new Given().data(VolumePhase.BOUND).freshBackupClaim().withoutPassword("Secret s is not there"),
                        Phase.WAITING_FOR_SECRET));
    }

    static Stream<Arguments> serversThatDoNotStart() {
        JobResult unreachable = JobResult.failed(FailureReason.Unreachable, "m");
        String create = "create Job change-pass-db-job";
        String delete = "delete Job change-pass-db-job";
        return Stream.of(
                row("one that starts as usual is let be", starting("otuspassword", 14), Phase.STARTING),
                row("one that doesn't: a Job asks it why", starting("otuspassword", 16), Phase.STARTING, create),
                row("one without a container is none", new Given().running().server(false), Phase.STARTING),
                row(
                        "the Job runs",
                        starting("otuspassword", 99).passwordJob(PasswordTask.ENSURE, 1000, State.RUNNING, null),
                        Phase.STARTING),
                row(
                        "it recovers: asked again after a while",
                        starting("otuspassword", 99).passwordJob(PasswordTask.ENSURE, 1000, State.FAILED, unreachable),
                        Phase.STARTING),
                row(
                        "another password while it recovers: that waits",
                        starting("other", 99).passwordJob(PasswordTask.ENSURE, 1000, State.FAILED, unreachable),
                        Phase.STARTING),
                row(
                        "MySQL refuses the password: not tried again soon",
                        starting("otuspassword", 99).passwordJob(PasswordTask.ENSURE, 1000, State.FAILED, REFUSED),
                        Phase.STARTING),
                row(
                        "another one takes its place",
                        starting("other", 99).passwordJob(PasswordTask.ENSURE, 1000, State.FAILED, REFUSED),
                        Phase.STARTING,
                        "apply Secret db-credentials",
                        delete,
                        create),
                row(
                        "a Job of a step of before",
                        starting("otuspassword", 99).passwordJob(PasswordTask.DISCARD, 1000, State.COMPLETE, CHANGED),
                        Phase.STARTING,
                        delete,
                        create),
                row(
                        "the accounts are right, and the Job is kept for inspection",
                        new Given().running().passwordJob(PasswordTask.ENSURE, 1000, State.COMPLETE, CHANGED),
                        Phase.SERVING,
                        "delete Pod change-pass-db-job-pod"));
    }

    private static List<String> summaries(Given given) {
        return plan(given).actions().stream().map(Action::summary).toList();
    }

    private static Given starting(String password, int seconds) {
        return asking(password).server(false).serverRunning(false, Given.NOW.minusSeconds(seconds));
    }

    @Test
    void aJobIsGivenToTheServersOwnPodAlone() {
        Given changing = asking("other").credentials(Given.PASSWORDS.changingTo("other", 2000));
        assertThat(summaries(changing)).contains("create Job change-pass-db-job");

        changing.server(true);
        assertThat(summaries(changing)).as("no Pod of ours runs").isEmpty();

        changing.passwordJob(PasswordTask.CHANGE, 2000, State.RUNNING, null).serverRunning(true, Given.NOW, "10.9.9.9");
        assertThat(summaries(changing))
                .as("another Pod")
                .containsExactly("delete Job change-pass-db-job", "create Job change-pass-db-job");
    }

    @Test
    void credentialsThatWereLostAreMadeWithAnotherIdentityAndTheServerIsStartedAnew() {
        Given lost = new Given().running();
        lost.credentials(new Passwords("before", 1, null, 0, false, "app", "operator", "identity-0"));
        assertThat(summaries(lost)).contains("apply Deployment db");

        Given bindingLost = new Given().running().withoutBinding();
        assertThat(summaries(bindingLost)).containsExactly("create Secret db-binding");
    }

    private static Given asking(String password) {
        return new Given().running().spec(spec -> spec.setPassword(password));
    }

    static Stream<Arguments> otherServers() {
        Map<String, String> newer = Map.of("present", "Ver 9.7.4", "wanted", "Ver 9.7.5");
        Map<String, String> older = Map.of("present", "Ver 9.7.4", "wanted", "Ver 8.4.0");
        return Stream.of(
                row("another image is looked at first", wanting("mysql:9.8"), Phase.SERVING, "create Job check-db-job"),
                row(
                        "and meanwhile the server runs on",
                        wanting("mysql:9.8").checkJob(State.RUNNING, Map.of()),
                        Phase.SERVING),
                row(
                        "it will do: the server is stopped",
                        wanting("mysql:9.8").checkJob(State.COMPLETE, newer),
                        Phase.CHANGING_IMAGE,
                        "delete Deployment db"),
                row(
                        "its Pod is waited for",
                        wanting("mysql:9.8")
                                .checkJob(State.COMPLETE, newer)
                                .told()
                                .serverStopping(),
                        Phase.STOPPING),
                row(
                        "stopped: the archive",
                        wanting("mysql:9.8")
                                .checkJob(State.COMPLETE, newer)
                                .told()
                                .serverStopped(),
                        Phase.CHANGING_IMAGE,
                        "create Job backup-db-job"),
                row(
                        "its Deployment was deleted alone: what is left is stopped first",
                        wanting("mysql:9.8")
                                .checkJob(State.COMPLETE, newer)
                                .told()
                                .serverOrphaned(),
                        Phase.CHANGING_IMAGE,
                        "delete ReplicaSet db-1"),
                row(
                        "the archive is proven: written down first",
                        wanting("mysql:9.8")
                                .checkJob(State.COMPLETE, newer)
                                .told()
                                .serverStopped()
                                .changeArchiveJob(State.COMPLETE, BACKED_UP),
                        Phase.CHANGING_IMAGE,
                        "patch PersistentVolumeClaim backup-db-pvc annotations=[otus.homework/backup-record]"),
                row(
                        "then the new server",
                        wanting("mysql:9.8")
                                .checkJob(State.COMPLETE, newer)
                                .told()
                                .serverStopped()
                                .changeArchived(),
                        Phase.STARTING,
                        "create Deployment db"),
                row(
                        "somebody has spoiled the mark meanwhile, and nobody knows the image: archived all the same",
                        wanting("mysql:9.8")
                                .served(new ServedMark(null, false, null))
                                .serverStopped(),
                        Phase.CHANGING_IMAGE,
                        "create Job backup-db-job"),
                row(
                        "and then the new server",
                        wanting("mysql:9.8")
                                .served(new ServedMark(null, false, null))
                                .serverStopped()
                                .changeArchived(),
                        Phase.STARTING,
                        "create Deployment db"),
                row(
                        "or without one, where none can be taken: there is no other server to go back to",
                        wanting("mysql:9.8")
                                .served(new ServedMark(null, false, null))
                                .serverStopped()
                                .changeArchiveJob(State.FAILED, null),
                        Phase.STARTING,
                        "create Deployment db"),
                row(
                        "unless a Pod that nobody knows may have written since: archived anew",
                        wanting("mysql:9.8")
                                .checkJob(State.COMPLETE, newer)
                                .told()
                                .serverStopped()
                                .changeArchiveJob(State.COMPLETE, BACKED_UP)
                                .changeArchived()
                                .heldBy("stray"),
                        Phase.STOPPING,
                        "delete Job backup-db-job",
                        "patch PersistentVolumeClaim backup-db-pvc annotations=[otus.homework/backup-record]"),
                row(
                        "a server that doesn't answer is stopped: its data claim says so first",
                        wanting("mysql:9.8").server(false).checkJob(State.COMPLETE, newer),
                        Phase.CHANGING_IMAGE,
                        "patch PersistentVolumeClaim db-pvc annotations=[otus.homework/served]",
                        "delete Deployment db"),
                row(
                        "the archive's Job says nothing: the old server",
                        wanting("mysql:9.8")
                                .checkJob(State.COMPLETE, newer)
                                .told()
                                .serverStopped()
                                .changeArchiveJob(State.COMPLETE, null),
                        Phase.STARTING,
                        "create Deployment db"),
                row(
                        "the archive failed: the old server",
                        wanting("mysql:9.8")
                                .checkJob(State.COMPLETE, newer)
                                .told()
                                .serverStopped()
                                .changeArchiveJob(State.FAILED, null),
                        Phase.STARTING,
                        "create Deployment db"),
                row(
                        "and that is not stopped again for it",
                        wanting("mysql:9.8").checkJob(State.COMPLETE, newer).changeArchiveJob(State.FAILED, null),
                        Phase.SERVING),
                row(
                        "no archive is wanted",
                        wanting("mysql:9.8")
                                .spec(spec -> spec.setImageChange(new ImageChangeSpec(false, 600)))
                                .checkJob(State.COMPLETE, newer),
                        Phase.SERVING,
                        "apply Deployment db"),
                row(
                        "an older version never stops the server",
                        wanting("mysql:8.4").checkJob(State.COMPLETE, older),
                        Phase.SERVING),
                row(
                        "taken back while the data is archived: the reading ends first",
                        new Given().running().told().serverStopped().changeArchiveJob(State.RUNNING, null),
                        Phase.STOPPING,
                        "delete Job backup-db-job"),
                row(
                        "the data was left behind by a server of another image",
                        new Given()
                                .running()
                                .spec(spec -> spec.setImage("mysql:9.8"))
                                .serverStopped(),
                        Phase.STARTING,
                        "create Job check-db-job",
                        "create Deployment db"),
                row(
                        "a new server that never was ready, and back",
                        new Given()
                                .running()
                                .serverOf(new ServerVariant("mysql:9.8", Map.of()), false)
                                .told(),
                        Phase.STARTING,
                        "apply Deployment db"),
                row("another configuration is looked at, too", configured(), Phase.SERVING, "create Job check-db-job"),
                row(
                        "mysqld takes it: no archive for that",
                        configured().checkJob(State.COMPLETE, Map.of("present", "Ver 9.7.4", "wanted", "Ver 9.7.4")),
                        Phase.SERVING,
                        "apply Deployment db"),
                row(
                        "mysqld refuses it",
                        configured().checkJob(State.FAILED, Map.of("present", "Ver 9.7.4", "wanted", "[ERROR] no")),
                        Phase.SERVING),
                row(
                        "a check that nobody needs any more goes",
                        new Given().running().checkJob(State.COMPLETE, newer),
                        Phase.SERVING,
                        "delete Job check-db-job"));
    }

    private static Given wanting(String image) {
        return new Given().running().spec(spec -> spec.setImage(image));
    }

    private static Given configured() {
        return new Given().running().spec(spec -> spec.setConfig(Map.of("max_connections", "200")));
    }

    static Stream<Arguments> growing() {
        return Stream.of(
                row(
                        "both volumes grow with storage_size",
                        growingTo("2Gi"),
                        Phase.SERVING,
                        "grow PersistentVolumeClaim db-pvc to 2Gi",
                        "grow PersistentVolumeClaim backup-db-pvc to 2Gi"),
                row(
                        "one volume has a size of its own",
                        growingTo("1Gi").spec(spec -> spec.setBackup(new BackupSpec("3Gi", null, null))),
                        Phase.SERVING,
                        "grow PersistentVolumeClaim backup-db-pvc to 3Gi"),
                row("the same size in other words is no change", growingTo("1024Mi"), Phase.SERVING),
                row(
                        "a restore that had no room, too",
                        new Given()
                                .backupOf("life-1")
                                .data(VolumePhase.BOUND)
                                .restoreJobFailed(1, NOW.minusSeconds(9))
                                .spec(spec -> spec.setStorageSize("2Gi")),
                        Phase.RESTORING,
                        "grow PersistentVolumeClaim db-pvc to 2Gi",
                        "grow PersistentVolumeClaim backup-db-pvc to 2Gi",
                        "delete Job restore-db-job",
                        "create Job restore-db-job"));
    }

    private static Given growingTo(String size) {
        return new Given().running().spec(spec -> spec.setStorageSize(size));
    }

    static Stream<Arguments> leftAlone() {
        return Stream.of(
                row("paused", paused(new Given().newlyOrdered()), Phase.PAUSED),
                row("paused, and a deletion waits", paused(new Given().running().deleted()), Phase.PAUSED),
                row(
                        "the data claim is kept at the end: it becomes the user's",
                        stopped().spec(spec -> spec.setDeletionPolicy(DeletionPolicy.Retain)),
                        Phase.GONE,
                        "patch PersistentVolumeClaim db-pvc finalizers=[]",
                        "patch MySQL db finalizers=[]"),
                row(
                        "archives are ignored",
                        new Given()
                                .backupOf("life-1")
                                .data(VolumePhase.BOUND)
                                .credentials()
                                .service()
                                .spec(spec -> spec.setRestorePolicy(RestorePolicy.Never)),
                        Phase.STARTING,
                        "apply Secret db-credentials",
                        "create Deployment db"),
                row(
                        "an archive is required: it is looked for",
                        requiring(),
                        Phase.RESTORING,
                        "create Job restore-db-job"),
                row(
                        "and without one nothing is served",
                        requiring().restoreJob(State.COMPLETE, NOTHING_TO_RESTORE),
                        Phase.RESTORE_FAILED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void restartsForAnotherOperatorInTurns(String situation, Given given, Pace pace, List<String> actions) {
        Plan plan = new Planner(Given.OPERATOR_IMAGE, given.volumes()).plan(given.observed());

        assertThat(plan.actions().stream().map(Action::summary)).containsExactlyElementsOf(actions);
        assertThat(plan.pace()).isEqualTo(pace);
    }

    static Stream<Arguments> restartsForAnotherOperatorInTurns() {
        String apply = "apply Deployment db";
        return Stream.of(
                paced("nothing to do", new Given().running(), Pace.FREE),
                paced("not yet", other(), Pace.WAITS),
                paced("its turn", other().turn(Turn.OURS), Pace.RESTARTS, apply),
                paced(
                        "it was restarted and isn't ready yet",
                        new Given().running().server(false).turn(Turn.OURS),
                        Pace.RESTARTS),
                paced(
                        "somebody pauses it meanwhile",
                        paused(new Given().running().server(false).turn(Turn.OURS)),
                        Pace.RESTARTS),
                paced(
                        "or deletes its Deployment",
                        new Given().running().serverStopping().turn(Turn.OURS),
                        Pace.RESTARTS),
                paced("it is ready again", new Given().running().turn(Turn.OURS), Pace.FREE),
                paced("its turn, and it is left alone", paused(other()).turn(Turn.OURS), Pace.FREE),
                paced(
                        "the user asks for other resources: the new template comes along",
                        other().spec(spec -> spec.setResources(
                                new V1ResourceRequirements().putLimitsItem("memory", new Quantity("1Gi")))),
                        Pace.FREE,
                        apply),
                paced("for a restart", other().toBeRestarted(), Pace.FREE, apply),
                paced(
                        "for another deadline",
                        other().spec(spec -> spec.setImageChange(new ImageChangeSpec(true, 60))),
                        Pace.FREE,
                        apply),
                paced("for a larger volume, which needs no restart", other().spec(spec -> {}), Pace.WAITS),
                paced("a server that doesn't serve", down(), Pace.FREE, apply),
                paced(
                        "one that is up, and misses a probe",
                        down().serverRunning(true, Given.NOW.minusSeconds(60)),
                        Pace.WAITS),
                paced(
                        "somebody changes the Deployment: put right at once",
                        new Given()
                                .running()
                                .drifting(deployment -> deployment.getSpec().setReplicas(0)),
                        Pace.FREE,
                        apply),
                paced(
                        "the credentials were lost and made anew: no turn can be waited for",
                        other().credentials(Passwords.first(
                                "otuspassword",
                                1000,
                                "app-password",
                                new MadeUp("operator-password", "spare-password", "identity-2"))),
                        Pace.FREE,
                        apply),
                paced(
                        "without a record: from now on there is one",
                        new Given().running().madeByTheFirstOperator(),
                        Pace.WAITS,
                        "patch PersistentVolumeClaim db-pvc annotations=[otus.homework/asked]"),
                paced("and it is kept", recorded(), Pace.WAITS),
                paced("so that it is known when the user asks", recorded().toBeRestarted(), Pace.FREE, apply),
                paced(
                        "without a record, its turn",
                        new Given().running().madeByTheFirstOperator().turn(Turn.OURS),
                        Pace.RESTARTS,
                        apply),
                paced(
                        "another password for a server without the operator's account: only a start makes it",
                        new Given().running().madeByTheFirstOperator().spec(spec -> spec.setPassword("newpass")),
                        Pace.FREE,
                        "apply Secret db-credentials",
                        apply,
                        "create Job change-pass-db-job"),
                paced(
                        "another password otherwise restarts nothing",
                        other().spec(spec -> spec.setPassword("newpass")),
                        Pace.WAITS,
                        "apply Secret db-credentials",
                        "create Job change-pass-db-job"));
    }

    private static Given recorded() {
        return new Given().running().askedRecorded().madeByTheFirstOperator();
    }

    private static Given other() {
        return new Given().running().madeByAnotherOperator();
    }

    private static Given down() {
        return new Given()
                .data(VolumePhase.BOUND)
                .freshBackupClaim()
                .served(Given.VARIANT)
                .credentials()
                .service()
                .server(false)
                .madeByAnotherOperator();
    }

    private static Arguments paced(String situation, Given given, Pace pace, String... actions) {
        return arguments(situation, given, pace, List.of(actions));
    }

    private static Given paused(Given given) {
        return given.spec(spec -> spec.setPaused(true));
    }

    private static void amend(V1Secret secret) {
        secret.getMetadata().putLabelsItem("policy", "label");
        secret.putDataItem("my.cnf", new byte[] {'x'});
        secret.putDataItem("policy", new byte[] {'x'});
    }

    private static void mirror(V1Deployment deployment) {
        V1PodSpec pod = deployment.getSpec().getTemplate().getSpec();
        pod.getContainers().get(0).setImage("mirror/mysql@sha256:0");
        pod.setTolerations(List.of(new V1Toleration().key("added")));
    }

    private static Given requiring() {
        return new Given()
                .data(VolumePhase.BOUND)
                .freshBackupClaim()
                .spec(spec -> spec.setRestorePolicy(RestorePolicy.Required));
    }

    static Stream<Arguments> deleting() {
        return Stream.of(
                row(
                        "the server is stopped first",
                        new Given().running().deleted(),
                        Phase.STOPPING,
                        "delete Deployment db"),
                row(
                        "after the data claim says that it served",
                        new Given().running().served((ServedMark) null).deleted(),
                        Phase.STOPPING,
                        "patch PersistentVolumeClaim db-pvc annotations=[otus.homework/served]",
                        "delete Deployment db"),
                row(
                        "ready or not, which the data claim remembers",
                        new Given().running().server(false).deleted(),
                        Phase.STOPPING,
                        "patch PersistentVolumeClaim db-pvc annotations=[otus.homework/served]",
                        "delete Deployment db"),
                row(
                        "one that never was ready: there is nothing to remember",
                        new Given()
                                .data(VolumePhase.BOUND)
                                .freshBackupClaim()
                                .server(false)
                                .deleted(),
                        Phase.STOPPING,
                        "delete Deployment db"),
                row(
                        "a Pod that nobody knows mounts the data: nothing is archived",
                        stopped().heldBy("stray"),
                        Phase.STOPPING),
                row(
                        "it came after the archive: that is made anew",
                        stopped().backupJob(State.COMPLETE, BACKED_UP).heldBy("stray"),
                        Phase.STOPPING,
                        "delete Job backup-db-job"),
                row(
                        "even where it is written down",
                        stopped()
                                .backup(Presence.OURS, Given.record(UID, Given.DATA_UID), false, false)
                                .heldBy("stray"),
                        Phase.STOPPING,
                        "patch PersistentVolumeClaim backup-db-pvc annotations=[otus.homework/backup-record]"),
                row(
                        "claims that have lost their labels: the caches are to see them first",
                        new Given().running().mislabelled().deleted(),
                        Phase.STOPPING,
                        "patch PersistentVolumeClaim db-pvc labels=[app.kubernetes.io/name, app.kubernetes.io/component, app.kubernetes.io/managed-by, otus.homework/mysql]",
                        "patch PersistentVolumeClaim backup-db-pvc labels=[app.kubernetes.io/name, app.kubernetes.io/component, app.kubernetes.io/managed-by, otus.homework/mysql]"),
                row("its Pod is waited for", stopped().serverStopping(), Phase.STOPPING),
                row(
                        "its Deployment was deleted alone: what is left is stopped",
                        stopped().serverOrphaned(),
                        Phase.STOPPING,
                        "delete ReplicaSet db-1"),
                row(
                        "a restore that runs is stopped, and nothing is made of its half",
                        stopped().restoreJob(State.RUNNING, null),
                        Phase.STOPPING,
                        "delete Job restore-db-job"),
                row(
                        "somebody deleted the data claim: the server is not stopped, for no backup could be taken",
                        new Given()
                                .running()
                                .data(Presence.OURS, VolumePhase.BOUND, true)
                                .deleted(),
                        Phase.DATA_VOLUME_TERMINATING),
                row(
                        "unless told that no backup is wanted",
                        new Given()
                                .running()
                                .data(Presence.OURS, VolumePhase.BOUND, true)
                                .skippingBackup(UID)
                                .deleted(),
                        Phase.STOPPING,
                        "delete Deployment db"),
                row(
                        "a finalizer of somebody else is none of our business",
                        new Given().newlyOrdered().deleted(),
                        Phase.GONE));
    }

    static Stream<Arguments> backingUp() {
        return Stream.of(
                row("stopped: the backup", stopped(), Phase.BACKING_UP, "create Job backup-db-job"),
                row(
                        "a finished Job of an earlier life is no proof",
                        stopped().earlierBackupJob(),
                        Phase.BACKING_UP,
                        "delete Job backup-db-job",
                        "create Job backup-db-job"),
                row(
                        "nor is an earlier life's record",
                        stopped().backupOf("life-1"),
                        Phase.BACKING_UP,
                        "create Job backup-db-job"),
                row(
                        "nor a record of this life for another claim",
                        stopped().backup(Presence.OURS, Given.record(UID, "data-1"), false, false),
                        Phase.BACKING_UP,
                        "create Job backup-db-job"),
                row("the Job runs", stopped().backupJob(State.RUNNING, null), Phase.BACKING_UP),
                row(
                        "its Pod is refused: whoever edits the spec has another one tried",
                        stopped().backupJobWaiting(Trouble.Kind.REFUSED, 0),
                        Phase.BACKING_UP,
                        "delete Job backup-db-job"),
                row(
                        "its Pod finds no node: as long as the spec is the same",
                        stopped().backupJobWaiting(Trouble.Kind.UNSCHEDULABLE, 1),
                        Phase.BACKING_UP),
                row(
                        "its program goes on, whatever was edited",
                        stopped().backupJobWaiting(Trouble.Kind.ADDED_CONTAINER, 0),
                        Phase.BACKING_UP),
                row(
                        "its program has ended, and a service mesh's container keeps its Pod",
                        stopped().backupJob(State.RUNNING, BACKED_UP).held(true),
                        Phase.BACKING_UP,
                        "end Job backup-db-job well"),
                row(
                        "its program has failed, and a service mesh's container keeps its Pod",
                        stopped().backupJob(State.RUNNING, null).held(false),
                        Phase.BACKING_UP,
                        "end Job backup-db-job as failed"),
                row(
                        "the backup claim was deleted by hand: a new one takes the backup",
                        new Given().data(VolumePhase.BOUND).deleted(),
                        Phase.BACKING_UP,
                        "create PersistentVolumeClaim backup-db-pvc"),
                row(
                        "and an archive on the one before is no proof",
                        new Given()
                                .data(VolumePhase.BOUND)
                                .backupJob(State.COMPLETE, BACKED_UP)
                                .deleted(),
                        Phase.BACKING_UP,
                        "create PersistentVolumeClaim backup-db-pvc"),
                row(
                        "nor is a record of one on the claim before",
                        stopped().backup(Presence.OURS, Given.recordOn("another"), false, false),
                        Phase.BACKING_UP,
                        "create Job backup-db-job"),
                row(
                        "the backup claim is being deleted: the Job that holds it lets it go",
                        stopped().backup(Presence.OURS, null, false, true).backupJob(State.RUNNING, null),
                        Phase.STOPPING,
                        "delete Job backup-db-job"),
                row(
                        "so does a finished one's Pod, whatever it has proven",
                        stopped()
                                .backup(Presence.OURS, Given.record(UID, Given.DATA_UID), false, true)
                                .backupJob(State.COMPLETE, BACKED_UP),
                        Phase.STOPPING,
                        "delete Pod backup-db-job-pod"),
                row(
                        "the Job's answer was gone before it was read: once more, after a while",
                        stopped().backupJob(State.COMPLETE, null),
                        Phase.BACKUP_FAILED),
                row("failed: the data stays", stopped().backupJobFailed(1, NOW.minusSeconds(9)), Phase.BACKUP_FAILED),
                row(
                        "failed a while ago: again",
                        stopped().backupJobFailed(1, NOW.minusSeconds(10)),
                        Phase.BACKING_UP,
                        "delete Job backup-db-job",
                        "create Job backup-db-job"),
                row(
                        "failed twice: it waits longer",
                        stopped().backupJobFailed(2, NOW.minusSeconds(19)),
                        Phase.BACKUP_FAILED),
                row(
                        "the volume is lost: only people can decide",
                        stopped().data(VolumePhase.LOST),
                        Phase.BACKUP_FAILED),
                row(
                        "another object's uid in the skip annotation is none for us",
                        stopped().skippingBackup("life-1"),
                        Phase.BACKING_UP,
                        "create Job backup-db-job"));
    }

    static Stream<Arguments> releasing() {
        String release = "patch PersistentVolumeClaim db-pvc finalizers=[] annotations=[otus.homework/released-for]";
        return Stream.of(
                row(
                        "proven: written down first",
                        stopped().backupJob(State.COMPLETE, BACKED_UP),
                        Phase.BACKING_UP,
                        "patch PersistentVolumeClaim backup-db-pvc annotations=[otus.homework/backup-record]"),
                row(
                        "and released once that is seen on the claim",
                        stopped()
                                .backup(Presence.OURS, Given.record(UID, Given.DATA_UID), false, false)
                                .backupJob(State.COMPLETE, BACKED_UP),
                        Phase.RELEASING,
                        release,
                        "delete PersistentVolumeClaim db-pvc",
                        "delete Pod backup-db-job-pod"),
                row(
                        "the backup claim never had a volume, so no server ever ran: it is looked whether there is data",
                        new Given()
                                .data(VolumePhase.BOUND)
                                .backupPending(Presence.OURS)
                                .deleted(),
                        Phase.BACKING_UP,
                        "create Job backup-db-job"),
                row(
                        "there is none: that claim goes, too",
                        new Given()
                                .data(VolumePhase.BOUND)
                                .backupPending(Presence.OURS)
                                .backupJob(State.COMPLETE, NOTHING_TO_BACK_UP)
                                .deleted(),
                        Phase.RELEASING,
                        "delete PersistentVolumeClaim backup-db-pvc",
                        release,
                        "delete PersistentVolumeClaim db-pvc",
                        "delete Pod backup-db-job-pod"),
                row(
                        "a data claim without a volume that asks for one by its name may be about to get rows",
                        new Given()
                                .dataOfVolume("brought", VolumePhase.PENDING)
                                .backupPending(Presence.OURS)
                                .deleted(),
                        Phase.BACKING_UP,
                        "create Job backup-db-job"),
                row(
                        "released, then crashed: deleted",
                        stopped().dataReleased(false),
                        Phase.RELEASING,
                        "delete PersistentVolumeClaim db-pvc"),
                row("deleted: waited for", stopped().dataReleased(true), Phase.RELEASING),
                row(
                        "gone: the object goes",
                        new Given().freshBackupClaim().deleted(),
                        Phase.GONE,
                        "patch MySQL db finalizers=[]"),
                row(
                        "nothing was ever served",
                        stopped().backupJob(State.COMPLETE, NOTHING_TO_BACK_UP),
                        Phase.RELEASING,
                        release,
                        "delete PersistentVolumeClaim db-pvc",
                        "delete Pod backup-db-job-pod"),
                row(
                        "the claim never had a volume",
                        new Given().freshBackupClaim().data(VolumePhase.PENDING).deleted(),
                        Phase.RELEASING,
                        release,
                        "delete PersistentVolumeClaim db-pvc"),
                row(
                        "told that no backup is wanted",
                        stopped().backupJobFailed(3, NOW).skippingBackup(UID),
                        Phase.RELEASING,
                        release,
                        "delete PersistentVolumeClaim db-pvc"),
                row(
                        "the namespace goes, and refuses the Job",
                        stopped().namespaceTerminating(),
                        Phase.RELEASING,
                        release,
                        "delete PersistentVolumeClaim db-pvc"));
    }

    @Test
    void aFirstLookWithoutABackupVolumeMountsNoneAndTheNextJobWaitsForIt() {
        assertThat(volumes(new Given().data(VolumePhase.BOUND).backupPending(Presence.OURS)))
                .containsExactly("tmp", "data");
        assertThat(volumes(new Given()
                        .data(VolumePhase.BOUND)
                        .backupPending(Presence.OURS)
                        .backupJobFailed(1, NOW.minusSeconds(60))))
                .containsExactly("tmp", "data", "backups");
        assertThat(volumes(new Given()
                        .data(VolumePhase.BOUND)
                        .served(Given.VARIANT)
                        .backupPending(Presence.OURS)))
                .containsExactly("tmp", "data", "backups");
        assertThat(volumes(new Given().data(VolumePhase.BOUND).freshBackupClaim()))
                .containsExactly("tmp", "data", "backups");
    }

    private static List<String> volumes(Given given) {
        return plan(given.deleted()).actions().stream()
                .flatMap(action -> action instanceof Action.Create create && create.target() instanceof V1Job job
                        ? job.getSpec().getTemplate().getSpec().getVolumes().stream()
                        : Stream.<V1Volume>of())
                .map(V1Volume::getName)
                .toList();
    }

    private static Given restoring(State state, JobResult result) {
        return new Given().backupOf("life-1").data(VolumePhase.BOUND).restoreJob(state, result);
    }

    private static Given stopped() {
        return new Given().data(VolumePhase.BOUND).freshBackupClaim().deleted();
    }

    static Stream<Arguments> onStaticVolumes() {
        return Stream.of(
                row(
                        "a new order: the volumes' folders, too",
                        new Given().staticVolumes().newlyOrdered(),
                        Phase.STARTING,
                        "patch MySQL db finalizers=[otus.homework/final-backup]",
                        "create PersistentVolumeClaim db-pvc",
                        "create PersistentVolumeClaim backup-db-pvc",
                        "create Job prepare-life-2",
                        "create Secret db-credentials",
                        "create Secret db-binding",
                        "create Service db",
                        "create Deployment db"),
                row(
                        "the folders are being made",
                        new Given()
                                .staticVolumes()
                                .folders(NodeFolders.BEING_MADE)
                                .credentials()
                                .service(),
                        Phase.STARTING,
                        "create PersistentVolumeClaim db-pvc",
                        "create PersistentVolumeClaim backup-db-pvc",
                        "create Deployment db"),
                row(
                        "the folders are there: the volumes follow",
                        new Given()
                                .staticVolumes()
                                .folders(NodeFolders.MADE)
                                .credentials()
                                .service(),
                        Phase.STARTING,
                        "create PersistentVolumeClaim db-pvc",
                        "create PersistentVolume db-pv",
                        "create PersistentVolumeClaim backup-db-pvc",
                        "create PersistentVolume backup-db-pv",
                        "create Deployment db"),
                row(
                        "the folders can't be made: nothing but another look",
                        new Given()
                                .staticVolumes()
                                .folders(NodeFolders.FAILED)
                                .credentials()
                                .service(),
                        Phase.STARTING,
                        "create PersistentVolumeClaim db-pvc",
                        "create PersistentVolumeClaim backup-db-pvc",
                        "create Deployment db"),
                row(
                        "a storage class is named for the data: only the backup's volume is ours",
                        new Given()
                                .staticVolumes()
                                .spec(spec -> spec.setStorageClassName("fast"))
                                .freshBackupClaim()
                                .credentials()
                                .service(),
                        Phase.STARTING,
                        "create PersistentVolumeClaim db-pvc",
                        "create Deployment db"),
                row(
                        "the volume is there, and not yet bound",
                        new Given()
                                .staticVolumes()
                                .data(VolumePhase.PENDING)
                                .dataVolume(null)
                                .freshBackupClaim()
                                .credentials()
                                .service(),
                        Phase.STARTING,
                        "create Deployment db"),
                row(
                        "the volume was an earlier claim's: to be made anew, for it would never be bound again",
                        new Given()
                                .staticVolumes()
                                .data(VolumePhase.PENDING)
                                .dataVolume("data-1")
                                .freshBackupClaim()
                                .credentials()
                                .service(),
                        Phase.STARTING,
                        "delete PersistentVolume db-pv",
                        "create Deployment db"),
                row(
                        "the setting came later: claims of before stay as they are",
                        new Given()
                                .data(VolumePhase.PENDING)
                                .freshBackupClaim()
                                .staticVolumes()
                                .credentials()
                                .service(),
                        Phase.STARTING,
                        "create Deployment db"),
                row(
                        "the claim is gone: the volume and the object go",
                        new Given()
                                .staticVolumes()
                                .freshBackupClaim()
                                .dataVolume(Given.DATA_UID)
                                .deleted(),
                        Phase.GONE,
                        "delete PersistentVolume db-pv",
                        "patch MySQL db finalizers=[]"));
    }

    private static Plan plan(Given given) {
        return new Planner(Given.OPERATOR_IMAGE, given.volumes()).plan(given.observed());
    }

    private static Arguments row(String situation, Given given, Phase phase, String... actions) {
        return arguments(situation, given, phase, List.of(actions));
    }

    private static JobResult result(String outcome, boolean archive) {
        String fields = archive
                ? ",\"id\":\"" + UID + "\",\"directory\":\"d\",\"serverImage\":\"mysql:9.7\",\"bytes\":1,\"files\":1,"
                        + "\"archiveBytes\":1,\"sha256\":\"a\",\"startedAt\":\"2026-11-21T11:00:00Z\","
                        + "\"completedAt\":\"2026-11-21T11:00:01Z\""
                : "";
        try {
            return JobResult.parse("{\"outcome\":\"" + outcome + "\",\"message\":\"m\"" + fields + "}");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
