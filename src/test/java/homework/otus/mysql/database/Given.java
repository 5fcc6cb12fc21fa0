package homework.otus.mysql.database;

import homework.otus.mysql.accounts.BindingSecret;
import homework.otus.mysql.accounts.Credentials;
import homework.otus.mysql.accounts.PasswordJobs;
import homework.otus.mysql.accounts.Passwords;
import homework.otus.mysql.api.BackupRecord;
import homework.otus.mysql.api.Condition;
import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.api.MySQLSpec;
import homework.otus.mysql.api.MySQLStatus;
import homework.otus.mysql.backup.ArchiveJobs;
import homework.otus.mysql.child.Folders;
import homework.otus.mysql.child.HeldJob;
import homework.otus.mysql.child.JobRun;
import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.Presence;
import homework.otus.mysql.child.RunningServer;
import homework.otus.mysql.child.StaticVolumes;
import homework.otus.mysql.child.Trouble;
import homework.otus.mysql.observe.Claim;
import homework.otus.mysql.observe.Claim.VolumePhase;
import homework.otus.mysql.observe.MadeUp;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.ServedMark;
import homework.otus.mysql.observe.Server;
import homework.otus.mysql.observe.Server.Rollout;
import homework.otus.mysql.observe.ServerVariant;
import homework.otus.mysql.observe.Turn;
import homework.otus.mysql.observe.Unbound;
import homework.otus.mysql.observe.Variants;
import homework.otus.mysql.observe.WantedPassword;
import homework.otus.mysql.program.JobResult;
import homework.otus.mysql.program.password.PasswordTask;
import homework.otus.mysql.server.CheckJob;
import homework.otus.mysql.server.FailedConfig;
import homework.otus.mysql.server.ServerChange;
import homework.otus.mysql.server.ServerDeployment;
import homework.otus.mysql.server.ServerService;
import homework.otus.mysql.step.Taken;
import homework.otus.mysql.storage.Claims;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import io.kubernetes.client.openapi.models.V1PersistentVolume;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimStatus;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1ReplicaSet;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.util.Yaml;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A situation that a test puts together: the database {@code db} of uid {@code life-2}, with nothing made yet. */
public final class Given {
    public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    public static final String UID = "life-2";
    public static final String DATA_UID = "data-2";
    public static final String BACKUP_UID = "backup-claim";
    public static final String OPERATOR_IMAGE = "otushomework/mysql-operator:0.1.0";
    public static final ArchiveJobs JOBS = new ArchiveJobs(OPERATOR_IMAGE);
    public static final PasswordJobs PASSWORD_JOBS = new PasswordJobs(OPERATOR_IMAGE);
    public static final ServerVariant VARIANT = new ServerVariant("mysql:9.7", Map.of());
    public static final MadeUp MADE_UP = new MadeUp("operator-password", "spare-password", "identity-1");
    public static final Passwords PASSWORDS = Passwords.first("otuspassword", 1000, "app-password", MADE_UP);
    public static final String ADDRESS = "10.1.2.3";
    public static final StaticVolumes STATIC_VOLUMES = new StaticVolumes("/data", "mysql-operator");

    private static final ArchiveJobs.Mounted MOUNTED =
            new ArchiveJobs.Mounted(DATA_UID, BACKUP_UID, Folders.WHOLE_VOLUMES, null, null);

    private final MySQL mysql = mysql();
    private Claim data = Claim.ABSENT;
    private Claim backup = Claim.ABSENT;
    private WantedPassword wantedPassword;
    private V1Secret credentials;
    private V1Secret binding;
    private V1Service service;
    private V1Secret earlierOwned;
    private Server server = Server.ABSENT;
    private JobRun backupJob = JobRun.ABSENT;
    private JobRun restoreJob = JobRun.ABSENT;
    private JobRun passwordJob = JobRun.ABSENT;
    private JobRun checkJob = JobRun.ABSENT;
    private boolean namespaceTerminating;
    private List<Taken> taken = List.of();
    private List<String> holders = List.of();
    private List<String> lingering = List.of();
    private List<HeldJob> held = List.of();
    private List<Unbound> unbound = List.of();
    private StaticVolumes volumes = StaticVolumes.NONE;
    private Observed.NodeFolders folders = Observed.NodeFolders.NONE;
    private Turn turn = Turn.NOT_ASKED;

    public static MySQL mysql() {
        MySQLSpec spec = new MySQLSpec();
        spec.setImage("mysql:9.7");
        spec.setDatabase("otus-database");
        spec.setPassword("otuspassword");
        spec.setStorageSize("1Gi");
        MySQL mysql = new MySQL();
        mysql.setMetadata(new V1ObjectMeta()
                .namespace("team")
                .name("db")
                .uid(UID)
                .generation(1L)
                .resourceVersion("7")
                .finalizers(new ArrayList<>(List.of(Labels.FINALIZER))));
        mysql.setSpec(spec);
        return mysql;
    }

    /** Before the claims. */
    public Given staticVolumes() {
        volumes = STATIC_VOLUMES;
        return this;
    }

    /** @param claimUid of the claim that the volume is bound to; null where it is not yet */
    public Given dataVolume(String claimUid) {
        V1PersistentVolume volume = STATIC_VOLUMES.volume(Claims.data(mysql, STATIC_VOLUMES), mysql);
        volume.getMetadata().uid("volume");
        volume.getSpec().getClaimRef().uid(claimUid);
        data = new Claim(
                data.presence(),
                data.object(),
                data.phase(),
                data.deleting(),
                data.mislabelled(),
                data.holdsFinalizer(),
                data.releasedFor(),
                data.record(),
                data.holdsArchives(),
                volume,
                data.served());
        return this;
    }

    public Given folders(Observed.NodeFolders state) {
        folders = state;
        return this;
    }

    /** The backup Job, as a service mesh's container does it. After the Job. */
    public Given held(boolean well) {
        held = List.of(new HeldJob(backupJob.object(), well, "{}"));
        return this;
    }

    public Given lingering(String... objects) {
        lingering = List.of(objects);
        return this;
    }

    public Given unbound(Unbound... claims) {
        unbound = List.of(claims);
        return this;
    }

    StaticVolumes volumes() {
        return volumes;
    }

    public Given newlyOrdered() {
        mysql.getMetadata().setFinalizers(null);
        return this;
    }

    public Given deleted() {
        mysql.getMetadata().setDeletionTimestamp(OffsetDateTime.parse("2026-11-21T11:59:00Z"));
        return this;
    }

    public Given skippingBackup(String uid) {
        mysql.getMetadata().setAnnotations(Map.of(Labels.SKIP_FINAL_BACKUP, uid));
        return this;
    }

    public Given toBeRestarted() {
        mysql.getMetadata().setAnnotations(Map.of(Labels.RESTARTED_AT, "2026-11-21T12:00:00Z"));
        return this;
    }

    public Given restarted() {
        toBeRestarted();
        V1Deployment deployment = ServerDeployment.of(mysql, VARIANT, Folders.WHOLE_VOLUMES, MADE_UP.identity());
        deployment.getMetadata().setUid("deployment");
        server = new Server(
                Presence.OURS,
                deployment,
                false,
                true,
                Rollout.DONE,
                1,
                1,
                false,
                List.of(),
                false,
                false,
                Trouble.NONE,
                null);
        return this;
    }

    public Given spec(Consumer<MySQLSpec> change) {
        change.accept(mysql.getSpec());
        mysql.getMetadata().setGeneration(2L);
        return this;
    }

    public Given told(Condition... conditions) {
        mysql.setStatus(new MySQLStatus(1L, "", "mysql:9.7", null, List.of(conditions), null));
        return this;
    }

    /** The data claim says that this life has begun with rows of an earlier one. After the data claim. */
    public Given restoreRemembered() {
        return served(new ServedMark(VARIANT, false, UID));
    }

    public Given restoreTold() {
        return restoreRemembered().told(new Condition("Restored", "True", 1, "2026-11-21T11:00:00Z", "Restored", ""));
    }

    public Given data(VolumePhase phase) {
        return data(Presence.OURS, phase, false);
    }

    public Given data(Presence presence, VolumePhase phase, boolean deleting) {
        V1PersistentVolumeClaim claim = Claims.data(mysql, volumes);
        claim.getMetadata().uid(DATA_UID).resourceVersion("8");
        data = new Claim(presence, claim, phase, deleting, false, true, null, null, false, null, data.served());
        return this;
    }

    /** That somebody brings. */
    public Given dataOfVolume(String name, VolumePhase phase) {
        data(phase);
        data.object().getSpec().setVolumeName(name);
        return this;
    }

    /** That somebody brings, with what an earlier life has left on it. */
    public Given backupOfVolume(String name) {
        backupPending(Presence.EARLIER);
        backup.object().getSpec().setVolumeName(name);
        return this;
    }

    /** A server of the variant has served from the data volume; before or after {@link #data}. */
    public Given served(ServerVariant variant) {
        return served(ServedMark.of(variant));
    }

    public Given served(ServedMark mark) {
        data = new Claim(
                data.presence(),
                data.object(),
                data.phase(),
                data.deleting(),
                data.mislabelled(),
                data.holdsFinalizer(),
                data.releasedFor(),
                data.record(),
                data.holdsArchives(),
                data.volume(),
                mark);
        return this;
    }

    /** Asked for, and what the volume has. */
    public Given dataSize(String requested, String capacity) {
        data(VolumePhase.BOUND);
        data.object().getSpec().getResources().putRequestsItem("storage", new Quantity(requested));
        data.object().setStatus(new V1PersistentVolumeClaimStatus().putCapacityItem("storage", new Quantity(capacity)));
        return this;
    }

    /** What is asked for was tried; the server runs with what served before. After the data claim and the spec. */
    public Given configFailed(String how) {
        data.object()
                .getMetadata()
                .putAnnotationsItem(
                        Labels.FAILED_CONFIG, new FailedConfig(ServerDeployment.asked(mysql, wanted()), how).toJson());
        return this;
    }

    /** A newer template has been made, and its Pod is not ready yet. */
    public Given serverStartingAnew() {
        return serverStartingAnew(Trouble.NONE);
    }

    public Given serverStartingAnew(Trouble trouble) {
        server = new Server(
                Presence.OURS,
                server.object(),
                false,
                false,
                Rollout.RUNNING,
                1,
                1,
                false,
                List.of(),
                false,
                false,
                trouble,
                null);
        return this;
    }

    public Given serverLate() {
        server = new Server(
                Presence.OURS,
                server.object(),
                false,
                false,
                Rollout.LATE,
                1,
                1,
                false,
                List.of(),
                false,
                false,
                Trouble.NONE,
                null);
        return this;
    }

    /** The operator has asked for more since the claim was made. After the data claim. */
    public Given dataGrown() {
        data.object().getMetadata().putAnnotationsItem(Labels.GROWN_FOR, UID);
        return this;
    }

    public Given dataReleased(boolean deleting) {
        data(VolumePhase.BOUND);
        data.object().getMetadata().setFinalizers(List.of("kubernetes.io/pvc-protection"));
        data = new Claim(
                Presence.OURS,
                data.object(),
                VolumePhase.BOUND,
                deleting,
                false,
                false,
                UID,
                null,
                false,
                null,
                data.served());
        return this;
    }

    public Given freshBackupClaim() {
        return backup(Presence.OURS, null, false, false);
    }

    /** As an earlier life leaves it. */
    public Given backupOf(String mysqlUid) {
        return backup(Presence.EARLIER, record(mysqlUid, "data-1"), false, false);
    }

    public Given backup(Presence presence, BackupRecord record, boolean holdsArchives, boolean deleting) {
        V1PersistentVolumeClaim claim = Claims.backup(mysql, volumes);
        claim.getMetadata().uid(BACKUP_UID).resourceVersion("9");
        backup = new Claim(
                presence, claim, VolumePhase.BOUND, deleting, false, false, null, record, holdsArchives, null, null);
        return this;
    }

    public static BackupRecord record(String mysqlUid, String dataClaimUid) {
        return record(mysqlUid, mysqlUid, dataClaimUid, BACKUP_UID);
    }

    /** Of this very data, on that backup claim. */
    public static BackupRecord recordOn(String backupClaimUid) {
        return record(UID, UID, DATA_UID, backupClaimUid);
    }

    /** The archive that an image change waits for is written down. */
    public Given changeArchived() {
        return backup(Presence.OURS, record(archiveId(), UID, DATA_UID, BACKUP_UID), false, false);
    }

    private static BackupRecord record(String id, String mysqlUid, String dataClaimUid, String backupClaimUid) {
        return new BackupRecord(
                id,
                "20261121T110000Z-" + id,
                mysqlUid,
                dataClaimUid,
                backupClaimUid,
                "9.7.4",
                "mysql:9.7",
                1000,
                10,
                100,
                "abc",
                "2026-11-21T11:00:00Z",
                "2026-11-21T11:00:01Z");
    }

    public Given credentials() {
        return credentials(PASSWORDS);
    }

    public Given credentials(Passwords passwords) {
        credentials = Credentials.of(mysql(), passwords, data.served() != null);
        credentials.getMetadata().setUid("credentials");
        binding = BindingSecret.of(mysql(), passwords.application());
        binding.getMetadata().setUid("binding");
        return this;
    }

    public Given withoutBinding() {
        binding = null;
        return this;
    }

    public Given withoutPassword(String problem) {
        wantedPassword = new WantedPassword(null, problem);
        return this;
    }

    public Given service() {
        service = ServerService.of(mysql);
        service.getMetadata().setUid("service");
        return this;
    }

    public Given serviceDrifting(Consumer<V1Service> drift) {
        drift.accept(service);
        return this;
    }

    public Given earlierOwned() {
        earlierOwned = new V1Secret()
                .metadata(new V1ObjectMeta()
                        .name("db-binding")
                        .addOwnerReferencesItem(
                                new V1OwnerReference().uid("life-1").controller(true)));
        return this;
    }

    public Given server(boolean ready) {
        return server(Presence.OURS, ready, false, false, Trouble.NONE);
    }

    public Given server(Presence presence, boolean ready, boolean deleting, boolean foundArchives, Trouble trouble) {
        V1Deployment deployment = ServerDeployment.of(mysql(), VARIANT, Folders.WHOLE_VOLUMES, MADE_UP.identity());
        deployment.getMetadata().setUid("deployment");
        server = new Server(
                presence,
                deployment,
                deleting,
                ready,
                Rollout.DONE,
                1,
                1,
                false,
                List.of(),
                false,
                foundArchives,
                trouble,
                null);
        return this;
    }

    public Given serverOf(ServerVariant variant, boolean ready) {
        V1Deployment deployment = ServerDeployment.of(mysql(), variant, Folders.WHOLE_VOLUMES, MADE_UP.identity());
        deployment.getMetadata().setUid("deployment");
        server = new Server(
                Presence.OURS,
                deployment,
                false,
                ready,
                Rollout.DONE,
                1,
                1,
                false,
                List.of(),
                false,
                false,
                Trouble.NONE,
                null);
        return this;
    }

    /** A container of it runs. */
    public Given serverRunning(boolean started, Instant since) {
        return serverRunning(started, since, ADDRESS);
    }

    public Given serverRunning(boolean started, Instant since, String address) {
        server = new Server(
                server.presence(),
                server.object(),
                server.deleting(),
                server.ready(),
                server.rollout(),
                server.replicaSets(),
                server.pods(),
                server.going(),
                server.orphans(),
                server.dataMissing(),
                server.foundArchives(),
                server.trouble(),
                new RunningServer(address, started, since));
        return this;
    }

    public Given serverDrifted(Consumer<V1Deployment> drift) {
        server(true);
        drift.accept(server.object());
        return this;
    }

    /** An operator of before made the Pod otherwise, and recorded the same as this one. */
    public Given madeByAnotherOperator() {
        V1Deployment deployment = server.object();
        deployment.getMetadata().putAnnotationsItem(Labels.DIGEST, "another");
        deployment.getSpec().getTemplate().getSpec().setTerminationGracePeriodSeconds(30L);
        return this;
    }

    /** One of before the records, and of before the operator's own account. */
    public Given madeByTheFirstOperator() {
        madeByAnotherOperator();
        V1Deployment deployment = server.object();
        deployment.getMetadata().getAnnotations().remove(Labels.ASKED);
        deployment.getMetadata().getAnnotations().remove(Labels.VARIANT);
        deployment.getSpec().getTemplate().getMetadata().getAnnotations().remove(Labels.CREDENTIALS);
        return this;
    }

    /** The data claim remembers what is asked for, for the Deployment doesn't. After the data claim. */
    public Given askedRecorded() {
        data.object().getMetadata().putAnnotationsItem(Labels.ASKED, ServerDeployment.asked(mysql, VARIANT));
        return this;
    }

    public Given turn(Turn whose) {
        turn = whose;
        return this;
    }

    /** The API server stores something else than what was asked, by an admission policy. */
    public Given serverAltered(Consumer<V1Deployment> admission) {
        V1Deployment desired = ServerDeployment.of(mysql, VARIANT, Folders.WHOLE_VOLUMES, MADE_UP.identity());
        serverDrifted(admission);
        taken = List.of(new Taken(desired, Yaml.loadAs(Yaml.dump(server.object()), V1Deployment.class)));
        return this;
    }

    /** So it does with the Secret, and the plan is about copies. */
    public Given credentialsAltered(Consumer<V1Secret> admission) {
        V1Secret desired = Credentials.of(mysql(), PASSWORDS, data.served() != null);
        admission.accept(credentials);
        taken = List.of(new Taken(desired, Yaml.loadAs(Yaml.dump(credentials), V1Secret.class)));
        return this;
    }

    public Given credentialsDrifting(Consumer<V1Secret> drift) {
        drift.accept(credentials);
        return this;
    }

    public Given drifting(Consumer<V1Deployment> drift) {
        drift.accept(server.object());
        return this;
    }

    /** The Deployment is gone, its Pod not yet. */
    public Given serverStopping() {
        server = new Server(
                Presence.ABSENT,
                null,
                false,
                false,
                Rollout.RUNNING,
                0,
                1,
                true,
                List.of(),
                false,
                false,
                Trouble.NONE,
                null);
        return this;
    }

    /** Its Deployment was deleted alone: the ReplicaSet and its Pod are left. */
    public Given serverOrphaned() {
        KubernetesObject orphan =
                new V1ReplicaSet().metadata(new V1ObjectMeta().name("db-1").uid("replica-set"));
        server = new Server(
                Presence.ABSENT,
                null,
                false,
                false,
                Rollout.RUNNING,
                1,
                1,
                false,
                List.of(orphan),
                false,
                false,
                Trouble.NONE,
                null);
        return this;
    }

    /** A Pod whose ReplicaSet was deleted alone runs on beside the one that is to take its place. */
    public Given serverBesideAnOrphan(Trouble trouble) {
        server(false);
        KubernetesObject orphan =
                new V1Pod().metadata(new V1ObjectMeta().name("db-1-pod").uid("pod"));
        server = new Server(
                Presence.OURS,
                server.object(),
                false,
                false,
                Rollout.RUNNING,
                1,
                2,
                true,
                List.of(orphan),
                false,
                false,
                trouble,
                null);
        return this;
    }

    /** As a backup tool brings it back: nobody owns anything. */
    public Given withoutOwners() {
        for (KubernetesObject child : List.of(credentials, binding, service, server.object())) {
            child.getMetadata().setOwnerReferences(null);
        }
        return this;
    }

    /** All is made, as a running database has it. */
    public Given running() {
        return data(VolumePhase.BOUND)
                .freshBackupClaim()
                .served(VARIANT)
                .credentials()
                .service()
                .server(true)
                .serverRunning(true, NOW.minusSeconds(60));
    }

    public Given backupJob(JobRun.State state, JobResult result) {
        backupJob = job(JOBS.backup(mysql, MOUNTED, UID, "mysql:9.7", 1), Presence.OURS, state, result, 1);
        return this;
    }

    /** Its Pod waits, as of a spec of that generation; there is one of generation 1. */
    public Given backupJobWaiting(Trouble.Kind trouble, long generation) {
        backupJob = waiting(JOBS.backup(mysql, MOUNTED, UID, "mysql:9.7", 1), trouble, generation);
        return this;
    }

    public Given passwordJobWaiting(PasswordTask step, long revision, Trouble.Kind trouble) {
        passwordJob = waiting(PASSWORD_JOBS.of(mysql, step, revision, ADDRESS, DATA_UID, 1), trouble, 1);
        return this;
    }

    public Given checkJobWaiting(Trouble.Kind trouble) {
        checkJob = waiting(CheckJob.of(mysql, VARIANT.image(), wanted(), DATA_UID, 1), trouble, 1);
        return this;
    }

    private static JobRun waiting(V1Job job, Trouble.Kind trouble, long generation) {
        return new JobRun(
                Presence.OURS,
                job,
                job.getMetadata().getLabels().get(Labels.TASK),
                JobRun.State.RUNNING,
                null,
                Map.of(),
                List.of(),
                1,
                generation,
                null,
                new Trouble(trouble, "", ""));
    }

    public Given backupJobFailed(int attempt, Instant endedAt) {
        V1Job job = JOBS.backup(mysql, MOUNTED, UID, "mysql:9.7", attempt);
        backupJob = failed(job, null, attempt, 1, endedAt);
        return this;
    }

    public Given earlierBackupJob() {
        backupJob = job(
                JOBS.backup(mysql, MOUNTED, "life-1", "mysql:9.7", 1),
                Presence.EARLIER,
                JobRun.State.COMPLETE,
                null,
                0);
        return this;
    }

    public Given restoreJob(JobRun.State state, JobResult result) {
        restoreJob = job(JOBS.restore(mysql, MOUNTED, "mysql:9.7", 1), Presence.OURS, state, result, 1);
        return this;
    }

    public Given restoreJobWithoutPod(JobRun.State state) {
        restoreJob = job(JOBS.restore(mysql, MOUNTED, "mysql:9.7", 1), Presence.OURS, state, null, 0);
        return this;
    }

    public Given restoreJobFailed(long generation, Instant endedAt) {
        V1Job job = JOBS.restore(mysql, MOUNTED, "mysql:9.7", 1);
        restoreJob = failed(job, null, 1, generation, endedAt);
        return this;
    }

    public Given earlierRestoreJob() {
        restoreJob =
                job(JOBS.restore(mysql, MOUNTED, "mysql:9.7", 1), Presence.EARLIER, JobRun.State.COMPLETE, null, 0);
        return this;
    }

    private static JobRun failed(V1Job job, JobResult result, int attempt, long generation, Instant endedAt) {
        return new JobRun(
                Presence.OURS,
                job,
                job.getMetadata().getLabels().get(Labels.TASK),
                JobRun.State.FAILED,
                result,
                Map.of(),
                List.of(),
                attempt,
                generation,
                endedAt,
                Trouble.NONE);
    }

    private static JobRun job(V1Job job, Presence presence, JobRun.State state, JobResult result, int pods) {
        String name = job.getMetadata().getName();
        job.getMetadata().setUid(name + "-uid");
        List<V1Pod> left = pods == 0
                ? List.of()
                : List.of(new V1Pod()
                        .metadata(new V1ObjectMeta().name(name + "-pod").uid("pod")));
        return new JobRun(
                presence,
                job,
                job.getMetadata().getLabels().get(Labels.TASK),
                state,
                result,
                Map.of(),
                left,
                1,
                Long.parseLong(job.getMetadata().getLabels().get(Labels.GENERATION)),
                state == JobRun.State.RUNNING ? null : NOW.minusSeconds(1),
                Trouble.NONE);
    }

    public Given passwordJob(PasswordTask step, long revision, JobRun.State state, JobResult result) {
        V1Job job = PASSWORD_JOBS.of(mysql, step, revision, ADDRESS, DATA_UID, 1);
        passwordJob = job(job, Presence.OURS, state, result, 1);
        return this;
    }

    public Given checkJob(JobRun.State state, Map<String, String> messages) {
        V1Job job = CheckJob.of(mysql, VARIANT.image(), wanted(), DATA_UID, 1);
        job.getMetadata().setUid("check");
        checkJob = new JobRun(
                Presence.OURS,
                job,
                job.getMetadata().getLabels().get(Labels.TASK),
                state,
                null,
                messages,
                List.of(),
                1,
                mysql.getMetadata().getGeneration(),
                NOW.minusSeconds(1),
                Trouble.NONE);
        return this;
    }

    /** The archive that an image change waits for. */
    public Given changeArchiveJob(JobRun.State state, JobResult result) {
        V1Job job = JOBS.backup(mysql, MOUNTED, archiveId(), "mysql:9.7", 1);
        backupJob = job(job, Presence.OURS, state, result, 1);
        return this;
    }

    public Given serverStopped() {
        server = Server.ABSENT;
        return this;
    }

    public Given namespaceTerminating() {
        namespaceTerminating = true;
        return this;
    }

    /** A Pod without our labels mounts the data claim. */
    public Given heldBy(String pod) {
        holders = List.of(pod);
        return this;
    }

    /** Somebody has changed the labels of both claims. */
    public Given mislabelled() {
        data = mislabelled(data);
        backup = mislabelled(backup);
        return this;
    }

    private static Claim mislabelled(Claim claim) {
        return new Claim(
                claim.presence(),
                claim.object(),
                claim.phase(),
                claim.deleting(),
                true,
                claim.holdsFinalizer(),
                claim.releasedFor(),
                claim.record(),
                claim.holdsArchives(),
                claim.volume(),
                claim.served());
    }

    /** A claim that waits for its volume. */
    public Given backupPending(Presence presence) {
        V1PersistentVolumeClaim claim = Claims.backup(mysql, volumes);
        claim.getMetadata().uid(BACKUP_UID).resourceVersion("9");
        backup = new Claim(presence, claim, VolumePhase.PENDING, false, false, false, null, null, false, null, null);
        return this;
    }

    private ServerVariant wanted() {
        return Variants.wanted(observed());
    }

    private String archiveId() {
        return ServerChange.archiveId(observed());
    }

    public Observed observed() {
        return new Observed(
                mysql,
                NOW,
                data,
                backup,
                server,
                Stream.<KubernetesObject>of(credentials, binding, service, earlierOwned)
                        .filter(Objects::nonNull)
                        .toList(),
                Stream.of(backupJob, restoreJob, passwordJob, checkJob)
                        .filter(job -> job.object() != null)
                        .collect(Collectors.toMap(
                                job -> job.object().getMetadata().getName(),
                                Function.identity(),
                                (first, second) -> first,
                                LinkedHashMap::new)),
                wantedPassword == null ? new WantedPassword(mysql.getSpec().getPassword(), "") : wantedPassword,
                namespaceTerminating,
                folders,
                held,
                unbound,
                holders,
                lingering,
                taken,
                MADE_UP,
                turn);
    }
}
