package homework.otus.mysql.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import homework.otus.mysql.child.Component;
import homework.otus.mysql.child.HeldJob;
import homework.otus.mysql.child.JobReader;
import homework.otus.mysql.child.JobRun;
import homework.otus.mysql.child.JobRun.State;
import homework.otus.mysql.child.JobTemplate;
import homework.otus.mysql.child.PodReader;
import homework.otus.mysql.child.PodReaderTest;
import homework.otus.mysql.child.Presence;
import homework.otus.mysql.child.RunningServer;
import homework.otus.mysql.child.Trouble;
import homework.otus.mysql.observe.Claim.VolumePhase;
import homework.otus.mysql.observe.Server.Rollout;
import homework.otus.mysql.program.JobOutcome;
import io.kubernetes.client.openapi.models.V1ContainerState;
import io.kubernetes.client.openapi.models.V1ContainerStateRunning;
import io.kubernetes.client.openapi.models.V1ContainerStatus;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1JobCondition;
import io.kubernetes.client.openapi.models.V1JobStatus;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodStatus;
import io.kubernetes.client.openapi.models.V1ReplicaSet;
import io.kubernetes.client.util.Yaml;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Claims, Deployments and Jobs as the API server answers them, and what is read from them. */
class ReadersTest {
    private static final JobReader.Whose PURPOSE = new JobReader.Whose("life-2", "data-2", "backup-2");
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest(name = "{0}")
    @MethodSource("claims")
    void readsClaims(
            String situation, String metadata, String rest, Presence presence, VolumePhase phase, boolean mayHold) {
        Claim claim = ClaimReader.read(
                Yaml.loadAs(
                        "{metadata: {name: c, uid: u, " + metadata + "}, " + rest + "}", V1PersistentVolumeClaim.class),
                false,
                "life-2",
                () -> null);

        assertThat(claim.presence()).isEqualTo(presence);
        assertThat(claim.phase()).isEqualTo(phase);
        assertThat(claim.mayHoldArchives()).isEqualTo(mayHold);
    }

    static Stream<Arguments> claims() {
        String ours = "labels: {otus.homework/mysql-uid: life-2}";
        String bound = "spec: {volumeName: v}, status: {phase: Bound}";
        return Stream.of(
                arguments("new", ours, "spec: {}", Presence.OURS, VolumePhase.PENDING, false),
                arguments(
                        "for a static volume, not yet bound",
                        ours + ", annotations: {otus.homework/folder: team/db/life-2}",
                        "spec: {volumeName: v}, status: {phase: Pending}",
                        Presence.OURS,
                        VolumePhase.PENDING,
                        false),
                arguments(
                        "for a static volume, bound",
                        ours + ", annotations: {otus.homework/folder: f, pv.kubernetes.io/bind-completed: 'yes'}",
                        bound,
                        Presence.OURS,
                        VolumePhase.BOUND,
                        false),
                arguments("bound", ours, bound, Presence.OURS, VolumePhase.BOUND, false),
                arguments(
                        "lost",
                        ours,
                        "spec: {volumeName: v}, status: {phase: Lost}",
                        Presence.OURS,
                        VolumePhase.LOST,
                        false),
                arguments(
                        "of an earlier life",
                        "labels: {otus.homework/mysql-uid: life-1}",
                        bound,
                        Presence.EARLIER,
                        VolumePhase.BOUND,
                        true),
                arguments(
                        "with an unreadable record",
                        ours + ", annotations: {otus.homework/backup-record: '{'}",
                        bound,
                        Presence.OURS,
                        VolumePhase.BOUND,
                        true),
                arguments(
                        "with a record",
                        ours + ", annotations: {otus.homework/backup-record: '{\"id\": \"life-1\"}'}",
                        bound,
                        Presence.OURS,
                        VolumePhase.BOUND,
                        true),
                arguments(
                        "found to hold archives",
                        ours + ", annotations: {otus.homework/holds-archives: 'true'}",
                        bound,
                        Presence.OURS,
                        VolumePhase.BOUND,
                        true));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"image\":\"i\",\"config\":{\"a\":\"1\"}}|i|a=1",
                "{\"image\":\"i\",\"config\":{},\"later\":[]}|i|''",
                "{\"image\":\"i\"}||",
                "{\"image\":{},\"config\":{\"a\":null}}||",
                "[]||",
                "true||",
                "{||"
            })
    void aMarkThatCantBeReadIsAMark(String json, String image, String config) {
        V1PersistentVolumeClaim claim =
                Yaml.loadAs("{metadata: {name: c, uid: u}, spec: {}}", V1PersistentVolumeClaim.class);
        claim.getMetadata().putAnnotationsItem("otus.homework/served", json);

        ServedMark mark = ClaimReader.read(claim, false, "life-2", () -> null).served();

        assertThat(mark).isNotNull();
        assertThat(mark.variant()).isEqualTo(image == null ? null : ServerVariant.of(image, config));
    }

    @ParameterizedTest(name = "{1} with {2}: {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "without our label|DATA|labels: {app.kubernetes.io/managed-by: mysql-operator}|foreign",
                "labelled|DATA|labels: {app.kubernetes.io/managed-by: mysql-operator, otus.homework/mysql: db}|found",
                "another manager|DATA|labels: {app.kubernetes.io/managed-by: me, otus.homework/mysql: db}|found",
                "our finalizer|DATA|finalizers: [otus.homework/final-backup]|mislabelled",
                "another's name|DATA|labels: {app.kubernetes.io/managed-by: mysql-operator, otus.homework/mysql: x}, finalizers: [otus.homework/final-backup]|mislabelled",
                "a mark|DATA|annotations: {otus.homework/served: '{}'}|mislabelled",
                "nothing of ours|DATA|annotations: {a: b}|foreign",
                "labelled|BACKUP|labels: {app.kubernetes.io/managed-by: mysql-operator, otus.homework/mysql: db}|found",
                "a record|BACKUP|annotations: {otus.homework/backup-record: '{}'}|mislabelled",
                "archives|BACKUP|annotations: {otus.homework/holds-archives: 'true'}|mislabelled",
                "a data claim's finalizer|BACKUP|finalizers: [otus.homework/final-backup]|foreign"
            })
    void aClaimIsOursAlsoWithoutItsLabels(String situation, Component component, String metadata, String whose) {
        V1PersistentVolumeClaim claim =
                Yaml.loadAs("{metadata: {name: c, uid: u, " + metadata + "}, spec: {}}", V1PersistentVolumeClaim.class);

        assertThat(ClaimReader.owned(claim, "db", component, "life-2", () -> null)
                        .map(found -> found.mislabelled() ? "mislabelled" : "found")
                        .orElse("foreign"))
                .isEqualTo(whose);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Running|volumes: [{name: v, persistentVolumeClaim: {claimName: db-pvc}}]|true",
                "Pending|volumes: [{name: w, emptyDir: {}}, {name: v, persistentVolumeClaim: {claimName: db-pvc}}]|true",
                "Succeeded|volumes: [{name: v, persistentVolumeClaim: {claimName: db-pvc}}]|false",
                "Failed|volumes: [{name: v, persistentVolumeClaim: {claimName: db-pvc}}]|false",
                "Running|volumes: [{name: v, persistentVolumeClaim: {claimName: other-pvc}}]|false",
                "Running|containers: []|false"
            })
    void aPodMayWriteToWhatItMountsUntilItHasFinished(String phase, String spec, boolean mayWrite) {
        V1Pod pod = Yaml.loadAs("{spec: {" + spec + "}, status: {phase: " + phase + "}}", V1Pod.class);

        assertThat(PodReader.mounts(pod, "db-pvc") && !PodReader.finished(pod)).isEqualTo(mayWrite);
    }

    @ParameterizedTest(name = "generation {0}, observed {1}, updated {2}, available {3}: ready {4}")
    @CsvSource({"2, 2, 1, 1, true", "2, 1, 1, 1, false", "2, 2, 0, 1, false", "2, 2, 1, 0, false"})
    void aDeploymentIsReadyWhenItsNewestPodIs(int generation, int observed, int updated, int available, boolean ready) {
        V1Deployment deployment = Yaml.loadAs(
                "{metadata: {name: d, generation: %d, ownerReferences: [{apiVersion: a, kind: k, name: n, controller: true, uid: life-2}]}, status: {observedGeneration: %d, updatedReplicas: %d, availableReplicas: %d}}"
                        .formatted(generation, observed, updated, available),
                V1Deployment.class);

        Server server = ServerReader.read(deployment, List.of(), List.of(), "life-2", NOW);

        assertThat(server.ready()).isEqualTo(ready);
        assertThat(server.presence()).isEqualTo(Presence.OURS);
        assertThat(ServerReader.read(deployment, List.of(), List.of(), "life-3", NOW)
                        .presence())
                .isEqualTo(Presence.EARLIER);
    }

    @ParameterizedTest(name = "{0}: orphaned {3}")
    @MethodSource("leftovers")
    void whatIsLeftWithoutADeploymentGoesOrStays(String situation, String set, String pod, boolean orphaned) {
        List<V1ReplicaSet> sets = set.isEmpty() ? List.of() : List.of(Yaml.loadAs(set, V1ReplicaSet.class));
        List<V1Pod> pods = pod.isEmpty() ? List.of() : List.of(Yaml.loadAs(pod, V1Pod.class));

        Server server = ServerReader.read(null, sets, pods, "life-2", NOW);

        assertThat(server.stopped()).isFalse();
        assertThat(server.orphaned()).isEqualTo(orphaned);
    }

    static Stream<Arguments> leftovers() {
        String owner = ", ownerReferences: [{apiVersion: a, kind: k, name: n, controller: true, uid: %s}]";
        String set = "{metadata: {name: s, uid: set%s}}";
        String pod = "{metadata: {name: p, uid: pod%s}}";
        String going = ", deletionTimestamp: '2026-11-21T12:00:00Z'";
        return Stream.of(
                arguments("of a Deployment", set.formatted(owner.formatted("d")), pod.formatted(""), false),
                arguments("of none", set.formatted(""), pod.formatted(owner.formatted("set")), true),
                arguments("its Pod ends", set.formatted(""), pod.formatted(owner.formatted("set") + going), false),
                arguments("it ends itself", set.formatted(going), "", false),
                arguments("a Pod alone", "", pod.formatted(""), true),
                arguments("a Pod of what is gone", "", pod.formatted(owner.formatted("set")), false));
    }

    @ParameterizedTest
    @CsvSource({
        "1, NewReplicaSetAvailable, RUNNING",
        "2, NewReplicaSetAvailable, DONE",
        "2, ProgressDeadlineExceeded, LATE",
        "2, ReplicaSetUpdated, RUNNING"
    })
    void aDeploymentOfAnOlderTemplateIsNotDone(int observed, String reason, Rollout rollout) {
        V1Deployment deployment = Yaml.loadAs(
                "{metadata: {name: d, generation: 2}, spec: {template: {spec: {nodeName: a}}}, status: {observedGeneration: %d, conditions: [{type: Available, reason: other}, {type: Progressing, reason: %s}]}}"
                        .formatted(observed, reason),
                V1Deployment.class);

        assertThat(ServerReader.read(deployment, List.of(replicaSet("rs", "a")), List.of(), "life-2", NOW)
                        .rollout())
                .isEqualTo(rollout);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("replacements")
    void aServerIsStartedAnewUntilOnlyItsNewestTemplateHasPods(
            String situation, List<V1ReplicaSet> replicaSets, List<V1Pod> pods, Rollout rollout) {
        V1Deployment deployment = Yaml.loadAs(
                "{metadata: {name: d, generation: 2}, spec: {template: {spec: {nodeName: a}}}, status:"
                        + " {observedGeneration: 2, conditions: [{type: Progressing, reason: NewReplicaSetAvailable,"
                        + " lastUpdateTime: '2026-01-01T00:00:10Z'}]}}",
                V1Deployment.class);

        assertThat(ServerReader.read(deployment, replicaSets, pods, "life-2", NOW)
                        .rollout())
                .isEqualTo(rollout);
    }

    static Stream<Arguments> replacements() {
        V1ReplicaSet newest = replicaSet("newest", "a");
        V1ReplicaSet before = replicaSet("before", "b");
        V1ReplicaSet later = replicaSet("later", "a");
        later.getMetadata().setCreationTimestamp(OffsetDateTime.parse("2026-01-01T00:00:11Z"));
        return Stream.of(
                arguments("it serves", List.of(newest), List.of(serverPod("newest")), Rollout.DONE),
                arguments("it served, and its Pod is gone", List.of(newest), List.of(), Rollout.DONE),
                arguments("the Pod before is stopped", List.of(before), List.of(serverPod("before")), Rollout.RUNNING),
                arguments("no Pod is left of before", List.of(before), List.of(), Rollout.RUNNING),
                arguments("the status is of the template before", List.of(later), List.of(), Rollout.RUNNING),
                arguments(
                        "a template of before is wanted again",
                        List.of(newest, before),
                        List.of(serverPod("before")),
                        Rollout.RUNNING));
    }

    private static V1ReplicaSet replicaSet(String uid, String nodeName) {
        return Yaml.loadAs(
                "{metadata: {name: rs, uid: %s}, spec: {template: {metadata: {labels: {pod-template-hash: x}}, spec:"
                                .formatted(uid)
                        + " {nodeName: " + nodeName + "}}}}",
                V1ReplicaSet.class);
    }

    private static V1Pod serverPod(String replicaSet) {
        return Yaml.loadAs(
                "{metadata: {name: p, ownerReferences: [{apiVersion: a, kind: k, name: n, controller: true, uid: "
                        + replicaSet + "}]}}",
                V1Pod.class);
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("jobs")
    void readsJobs(String situation, String labels, String status, Presence presence, State state) {
        JobRun run = JobReader.read(job(labels, status), List.of(), PURPOSE, NOW);

        assertThat(run.presence()).isEqualTo(presence);
        assertThat(run.state()).isEqualTo(state);
    }

    static Stream<Arguments> jobs() {
        String ours =
                "otus.homework/mysql-uid: life-2, otus.homework/data-claim-uid: data-2, otus.homework/backup-claim-uid: backup-2";
        String complete =
                "{conditions: [{type: SuccessCriteriaMet, status: 'True'}, {type: Complete, status: 'True'}]}";
        return Stream.of(
                arguments("running", ours, "{active: 1}", Presence.OURS, State.RUNNING),
                arguments("complete", ours, complete, Presence.OURS, State.COMPLETE),
                arguments(
                        "failed", ours, "{conditions: [{type: Failed, status: 'True'}]}", Presence.OURS, State.FAILED),
                arguments(
                        "of an earlier life",
                        "otus.homework/mysql-uid: life-1, otus.homework/data-claim-uid: data-2, otus.homework/backup-claim-uid: backup-2",
                        complete,
                        Presence.EARLIER,
                        State.COMPLETE),
                arguments(
                        "on another claim",
                        "otus.homework/mysql-uid: life-2, otus.homework/data-claim-uid: data-1, otus.homework/backup-claim-uid: backup-2",
                        complete,
                        Presence.EARLIER,
                        State.COMPLETE),
                arguments(
                        "on another backup claim",
                        "otus.homework/mysql-uid: life-2, otus.homework/data-claim-uid: data-2, otus.homework/backup-claim-uid: backup-1",
                        complete,
                        Presence.EARLIER,
                        State.COMPLETE),
                arguments("without labels", "a: b", complete, Presence.EARLIER, State.COMPLETE));
    }

    @Test
    void readsTheResultFromTheJobsOwnPodAlone() {
        V1Job job = job(
                "otus.homework/mysql-uid: life-2, otus.homework/data-claim-uid: data-2, otus.homework/backup-claim-uid: backup-2",
                "{}");
        V1Pod own = podOf("job", "{\"outcome\":\"NothingToRestore\",\"message\":\"m\"}");
        V1Pod other = podOf("another", "{\"outcome\":\"Failed\",\"reason\":\"Corrupt\",\"message\":\"m\"}");
        V1Pod killed = podOf("job", "no JSON");

        assertThat(JobReader.read(job, List.of(other, own), PURPOSE, NOW)
                        .result()
                        .outcome())
                .isEqualTo(JobOutcome.NothingToRestore);
        assertThat(JobReader.read(job, List.of(other), PURPOSE, NOW).result()).isNull();
        assertThat(JobReader.read(job, List.of(killed), PURPOSE, NOW).result()).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "the program runs           |job     |{running: {}}              |{running: {}}              |",
                "nothing else is there      |job     |{terminated: {exitCode: 0}}|                           |",
                "what was added ends, too   |job     |{terminated: {exitCode: 0}}|{terminated: {exitCode: 0}}|",
                "what was added runs on     |job     |{terminated: {exitCode: 0}}|{running: {}}              |true",
                "and the program failed     |job     |{terminated: {exitCode: 1}}|{running: {}}              |false",
                "what was added never begins|job     |{terminated: {exitCode: 0}}|{waiting: {}}              |true",
                "one of two programs runs   |present,wanted|{terminated: {exitCode: 0}},{running: {}}|{running: {}}|",
                "one of two programs failed |present,wanted|{terminated: {exitCode: 0}},{terminated: {exitCode: 2}}|{running: {}}|false",
                "both programs ended well   |present,wanted|{terminated: {exitCode: 0}},{terminated: {exitCode: 0}}|{running: {}}|true",
            })
    void aJobIsHeldWhereItsProgramHasEndedAlone(
            String situation, String programs, String states, String added, Boolean well) {
        assertThat(JobReader.held(job("a: b", "{active: 1}"), List.of(pod(programs, states, added)))
                        .map(HeldJob::well))
                .isEqualTo(Optional.ofNullable(well));
    }

    @Test
    void whatIsWrittenOfAHeldJobIsReadWhenItsPodIsGone() {
        V1Job job = job("a: b", "{active: 1}");
        V1Pod pod = pod(
                "job",
                "{terminated: {exitCode: 137, reason: OOMKilled, message: '"
                        + "{\"outcome\":\"Failed\",\"reason\":\"Corrupt\",\"message\":\"m\"}'}}",
                "{running: {}}");
        HeldJob held = JobReader.held(job, List.of(pod)).orElseThrow();
        job.setStatus(new V1JobStatus()
                .addConditionsItem(new V1JobCondition()
                        .type(JobTemplate.PROGRAM_ENDED)
                        .status("True")
                        .message(held.end())));

        JobRun run = JobReader.read(job, List.of(), PURPOSE, NOW);
        assertThat(run.result().message()).isEqualTo("m");
        assertThat(run.trouble().kind()).isEqualTo(Trouble.Kind.OUT_OF_MEMORY);
        assertThat(JobReader.held(job, List.of(pod))).isEmpty();
    }

    @Test
    void whatWasAddedFailsNoJob() {
        V1Job job = job("a: b", "{conditions: [{type: Failed, status: 'True'}]}");
        V1Pod pod = pod("job", "{terminated: {exitCode: 0}}", "{terminated: {exitCode: 143}}");
        assertThat(JobReader.read(job, List.of(pod), PURPOSE, NOW).state()).isEqualTo(State.COMPLETE);
        V1Pod failed = pod("job", "{terminated: {exitCode: 1}}", "{terminated: {exitCode: 0}}");
        assertThat(JobReader.read(job, List.of(failed), PURPOSE, NOW).state()).isEqualTo(State.FAILED);
    }

    /** Of the Job, in which a service mesh has added a container; its state is null where it has not. */
    private static V1Pod pod(String programs, String states, String added) {
        StringBuilder spec = new StringBuilder();
        StringBuilder status = new StringBuilder();
        String[] all = (states.replace("}},{", "}};{") + (added == null ? "" : ";" + added)).split(";");
        String[] names = (programs + (added == null ? "" : ",proxy")).split(",");
        for (int i = 0; i < names.length; i++) {
            spec.append("{name: ").append(names[i]).append("},");
            status.append("{name: ")
                    .append(names[i])
                    .append(", image: m, imageID: i, restartCount: 0, ready: false, state: ")
                    .append(all[i])
                    .append("},");
        }
        // The kubelet says so for a moment after all of them have ended.
        V1Pod pod = Yaml.loadAs(
                "{metadata: {name: p}, spec: {containers: [" + spec
                        + "]}, status: {phase: Running, containerStatuses: [" + status + "]}}",
                V1Pod.class);
        pod.getMetadata().addOwnerReferencesItem(new V1OwnerReference().uid("job"));
        return pod;
    }

    private static V1Job job(String labels, String status) {
        return Yaml.loadAs(
                "{metadata: {name: j, uid: job, labels: {" + labels + "}}, status: " + status + "}", V1Job.class);
    }

    private static V1Pod podOf(String jobUid, String message) {
        V1Pod pod = PodReaderTest.pod(
                "{containerStatuses: [{name: job, image: m, imageID: i, restartCount: 0, ready: false, state:"
                        + " {terminated: {exitCode: 0, message: '" + message + "'}}}]}");
        pod.getMetadata().addOwnerReferencesItem(new V1OwnerReference().uid(jobUid));
        return pod;
    }

    @Test
    void aServerIsReachedInAPodThatItsOwnDeploymentHasMade() {
        V1Deployment deployment = new V1Deployment().metadata(new V1ObjectMeta().uid("deployment"));
        V1ReplicaSet set = new V1ReplicaSet().metadata(madeBy("deployment").uid("set"));
        V1Pod ours = runningPod(madeBy("set"), "10.0.0.1");
        V1Pod alike = runningPod(new V1ObjectMeta(), "10.0.0.2");
        V1Pod going = runningPod(madeBy("set").deletionTimestamp(OffsetDateTime.now(ZoneOffset.UTC)), "10.0.0.3");

        assertThat(ServerReader.read(deployment, List.of(set), List.of(alike, going, ours), "life-2", NOW)
                        .running())
                .isEqualTo(new RunningServer("10.0.0.1", false, NOW));
        assertThat(ServerReader.read(deployment, List.of(set), List.of(alike, going), "life-2", NOW)
                        .running())
                .isNull();
    }

    private static V1ObjectMeta madeBy(String uid) {
        return new V1ObjectMeta()
                .addOwnerReferencesItem(new V1OwnerReference().uid(uid).controller(true));
    }

    private static V1Pod runningPod(V1ObjectMeta metadata, String address) {
        V1ContainerState running =
                new V1ContainerState().running(new V1ContainerStateRunning().startedAt(NOW.atOffset(ZoneOffset.UTC)));
        return new V1Pod()
                .metadata(metadata)
                .status(new V1PodStatus()
                        .podIP(address)
                        .addContainerStatusesItem(new V1ContainerStatus()
                                .name("mysql")
                                .started(false)
                                .state(running)));
    }
}
