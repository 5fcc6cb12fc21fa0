package homework.otus.mysql.database;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.api.SecretKeyRef;
import homework.otus.mysql.child.Component;
import homework.otus.mysql.child.HeldJob;
import homework.otus.mysql.child.JobReader;
import homework.otus.mysql.child.JobRun;
import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.Names;
import homework.otus.mysql.child.Ownership;
import homework.otus.mysql.child.PodReader;
import homework.otus.mysql.child.StaticVolumes;
import homework.otus.mysql.child.Trouble;
import homework.otus.mysql.kube.Answers;
import homework.otus.mysql.kube.Caches;
import homework.otus.mysql.kube.Uncached;
import homework.otus.mysql.observe.Claim;
import homework.otus.mysql.observe.ClaimReader;
import homework.otus.mysql.observe.Lingering;
import homework.otus.mysql.observe.MadeUp;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.Server;
import homework.otus.mysql.observe.ServerReader;
import homework.otus.mysql.observe.Turn;
import homework.otus.mysql.observe.Unbound;
import homework.otus.mysql.observe.WantedPassword;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.extended.controller.reconciler.Request;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1PersistentVolume;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1ReplicaSet;
import io.kubernetes.client.openapi.models.V1Secret;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gathers what the caches know of one database, and at its end whether its namespace goes with it. */
@Singleton
public final class Observer {
    /** As the definition has it for spec.password. */
    private static final int LONGEST_PASSWORD = 256;

    /** A Job has its Pod within a second, as a rule. */
    private static final Duration POD_PATIENCE = Duration.ofSeconds(5);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Caches caches;
    private final Uncached uncached;
    private final Answers answers;
    private final StaticVolumes staticVolumes;
    private final Clock clock;

    public Observer(Caches caches, Uncached uncached, Answers answers, StaticVolumes staticVolumes, Clock clock) {
        this.caches = caches;
        this.uncached = uncached;
        this.answers = answers;
        this.staticVolumes = staticVolumes;
        this.clock = clock;
    }

    public Observed observe(MySQL mysql) {
        String name = mysql.getMetadata().getName();
        String uid = mysql.getMetadata().getUid();
        Instant now = clock.instant();
        List<V1Pod> pods = ofMySQL(V1Pod.class, mysql);
        Claim data = claim(mysql, Component.DATA, Names.dataClaim(name), Names.dataVolume(name));
        Claim backup = claim(mysql, Component.BACKUP, Names.backupClaim(name), Names.backupVolume(name));
        List<V1Pod> ofServer = pods.stream()
                .filter(pod ->
                        Component.SERVER.label().equals(Ownership.labels(pod).get(Labels.COMPONENT)))
                .toList();
        List<V1ReplicaSet> replicaSets = replicaSets(mysql, ofServer);
        V1Deployment deployment = deployment(mysql, !replicaSets.isEmpty() || !ofServer.isEmpty());
        Server server = ServerReader.read(deployment, replicaSets, ofServer, uid, now);
        List<V1Job> ownJobs = named(Names.jobs(name), ofMySQL(V1Job.class, mysql));
        Map<String, JobRun> jobs = jobs(mysql, ownJobs, data, backup, pods, now);
        List<JobRun> onVolumes = Stream.of(Names.backupJob(name), Names.restoreJob(name))
                .map(job -> jobs.getOrDefault(job, JobRun.ABSENT))
                .toList();
        Optional<V1Job> volumeJob = volumeJob(mysql, data, backup);
        return new Observed(
                mysql,
                now,
                data,
                backup,
                server,
                DatabaseKinds.OWNED.stream()
                        .<KubernetesObject>flatMap(
                                owned -> named(
                                        owned.names().apply(name),
                                        ofMySQL(owned.kind().type(), mysql))
                                        .stream())
                        .toList(),
                jobs,
                wantedPassword(mysql),
                // Asked only at a database's end: then it decides whether a backup can be taken at all.
                mysql.getMetadata().getDeletionTimestamp() != null
                        && uncached.terminatingNamespace(mysql.getMetadata().getNamespace()),
                folders(volumeJob),
                // Of any life: what keeps one running keeps its claims, too.
                Stream.concat(
                                ownJobs.stream().flatMap(job -> JobReader.held(job, pods).stream()),
                                volumeJob.stream().flatMap(job -> heldVolumeJob(job).stream()))
                        .toList(),
                unschedulable(server, onVolumes) ? unbound(data, backup) : List.of(),
                server.stopped() && data.object() != null ? holders(mysql, onVolumes) : List.of(),
                Lingering.of(
                        Stream.of(pods, replicaSets, Arrays.asList(deployment, data.object(), backup.object()))
                                .flatMap(List::stream),
                        now),
                answers.of(
                        mysql.getMetadata().getNamespace(),
                        DatabaseKinds.OWNED.stream()
                                .flatMap(owned -> owned.names().apply(name).stream())
                                .toList()),
                MadeUp.of(RANDOM),
                Turn.NOT_ASKED);
    }

    /** In the order of the names. Anybody may put our label on what is not ours. */
    private static <T extends KubernetesObject> List<T> named(List<String> names, List<T> objects) {
        return names.stream()
                .flatMap(name -> objects.stream()
                        .filter(object -> name.equals(object.getMetadata().getName())))
                .toList();
    }

    private static boolean unschedulable(Server server, List<JobRun> jobs) {
        return Stream.concat(Stream.of(server.trouble()), jobs.stream().map(JobRun::trouble))
                .anyMatch(trouble -> trouble.is(Trouble.Kind.UNSCHEDULABLE));
    }

    /** Asked only while a volume is missing. */
    private Optional<V1Job> volumeJob(MySQL mysql, Claim data, Claim backup) {
        return staticVolumes.enabled() && (lacksVolume(data) || lacksVolume(backup))
                ? uncached.ownJob(Names.volumeJob(mysql.getMetadata().getUid()))
                : Optional.empty();
    }

    private static Observed.NodeFolders folders(Optional<V1Job> volumeJob) {
        return volumeJob
                .map(job -> switch (JobReader.state(job)) {
                    case RUNNING -> Observed.NodeFolders.BEING_MADE;
                    case COMPLETE -> Observed.NodeFolders.MADE;
                    case FAILED -> Observed.NodeFolders.FAILED;
                })
                .orElse(Observed.NodeFolders.NONE);
    }

    private Optional<HeldJob> heldVolumeJob(V1Job job) {
        return JobReader.state(job) == JobRun.State.RUNNING
                ? JobReader.held(job, uncached.pods(staticVolumes.operatorNamespace(), job))
                : Optional.empty();
    }

    /** A claim names a class that doesn't exist, or whose driver fails: only an event tells. */
    private List<Unbound> unbound(Claim... claims) {
        return Stream.of(claims)
                .filter(claim -> claim.phase() == Claim.VolumePhase.PENDING)
                .map(Claim::object)
                .filter(Objects::nonNull)
                .map(claim -> new Unbound(
                        String.valueOf(claim.getMetadata().getName()),
                        claim.getSpec() == null ? null : claim.getSpec().getStorageClassName(),
                        uncached.words(claim, "ProvisioningFailed").orElse("")))
                .toList();
    }

    private static boolean lacksVolume(Claim claim) {
        return claim.phase() == Claim.VolumePhase.PENDING && claim.volume() == null;
    }

    /** The claims that carry the name of a MySQL object. */
    public List<V1PersistentVolumeClaim> claims(Request mysql) {
        return caches.concerning(MySQL.class, mysql, V1PersistentVolumeClaim.class);
    }

    /** Asks. */
    public boolean terminatingNamespace(String namespace) {
        return uncached.terminatingNamespace(namespace);
    }

    /**
     * At a database's end a claim is looked at as it is now, for what is decided then can't be taken back. So is one that
     * the caches don't show: they find by labels, which anybody may have changed.
     */
    private Claim claim(MySQL mysql, Component component, String name, String volume) {
        Supplier<@Nullable V1PersistentVolume> volumeOfOurs = () -> volume(mysql, volume);
        Optional<V1PersistentVolumeClaim> cached = mysql.getMetadata().getDeletionTimestamp() == null
                ? child(V1PersistentVolumeClaim.class, mysql, name)
                : Optional.empty();
        return cached.or(() -> uncached.claim(mysql.getMetadata().getNamespace(), name))
                .flatMap(claim -> ClaimReader.owned(
                        claim,
                        mysql.getMetadata().getName(),
                        component,
                        mysql.getMetadata().getUid(),
                        volumeOfOurs))
                .orElseGet(() -> Claim.absent(volumeOfOurs.get()));
    }

    /** A label says whose a Pod is, but what it mounts decides what it can write to. */
    private List<String> holders(MySQL mysql, List<JobRun> jobs) {
        Set<String> ofJobs = jobs.stream()
                .map(JobRun::object)
                .filter(Objects::nonNull)
                .map(job -> String.valueOf(job.getMetadata().getUid()))
                .collect(Collectors.toSet());
        return uncached.pods(mysql.getMetadata().getNamespace()).stream()
                .filter(pod -> PodReader.mounts(
                        pod, Names.dataClaim(mysql.getMetadata().getName())))
                .filter(pod -> !PodReader.finished(pod))
                .filter(pod -> ofJobs.stream().noneMatch(uid -> Ownership.ownedBy(pod, uid)))
                .map(pod -> String.valueOf(pod.getMetadata().getName()))
                .sorted()
                .toList();
    }

    private @Nullable V1PersistentVolume volume(MySQL mysql, String name) {
        return staticVolumes.enabled()
                ? uncached.persistentVolume(name)
                        .filter(volume -> StaticVolumes.isOf(
                                volume,
                                mysql.getMetadata().getNamespace(),
                                mysql.getMetadata().getName()))
                        .orElse(null)
                : null;
    }

    /** A Secret of somebody else's is asked for each time: it is in no cache, and a pass is seldom. */
    private WantedPassword wantedPassword(MySQL mysql) {
        SecretKeyRef reference = mysql.getSpec().getPasswordSecretRef();
        if (reference == null) {
            return WantedPassword.of(String.valueOf(mysql.getSpec().getPassword()));
        }
        if (mysql.getMetadata().getDeletionTimestamp() != null) {
            return WantedPassword.missing("not asked for at the database's end");
        }
        String namespace = mysql.getMetadata().getNamespace();
        Optional<V1Secret> secret = uncached.secret(namespace, reference.name());
        if (secret.isEmpty()) {
            return WantedPassword.missing("Secret " + reference.name() + " is not there");
        }
        // Before anything else is told of it: who may make a MySQL need not be allowed to read Secrets.
        if (!"true".equals(Ownership.labels(secret.get()).get(Labels.MYSQL_PASSWORD))) {
            return WantedPassword.missing("Secret " + reference.name()
                    + " does not allow a MySQL to take its password from it: kubectl label secret " + reference.name()
                    + " " + Labels.MYSQL_PASSWORD + "=true");
        }
        Map<String, byte[]> entries = secret.get().getData();
        byte[] value = entries == null ? null : entries.get(reference.key());
        if (value == null) {
            return WantedPassword.missing("Secret " + reference.name() + " has no key " + reference.key());
        }
        String password = decoded(value);
        if (password == null
                || value.length == 0
                || value.length > LONGEST_PASSWORD
                || password.chars().anyMatch(Character::isISOControl)) {
            return WantedPassword.missing("key " + reference.key() + " of Secret " + reference.name()
                    + " is no password that MySQL's clients take: it has to have 1 to " + LONGEST_PASSWORD
                    + " bytes of UTF-8 and no control characters, such as a line break at its end");
        }
        return WantedPassword.of(password);
    }

    private Map<String, JobRun> jobs(
            MySQL mysql, List<V1Job> jobs, Claim data, Claim backup, List<V1Pod> pods, Instant now) {
        String name = mysql.getMetadata().getName();
        Set<String> mountBackups = Set.of(Names.backupJob(name), Names.restoreJob(name));
        Map<String, JobRun> runs = new LinkedHashMap<>();
        for (V1Job job : jobs) {
            String jobName = String.valueOf(job.getMetadata().getName());
            JobReader.Whose whose = new JobReader.Whose(
                    mysql.getMetadata().getUid(), data.uid(), mountBackups.contains(jobName) ? backup.uid() : null);
            runs.put(jobName, refused(JobReader.read(job, pods, whose, now), now));
        }
        return runs;
    }

    /** Null where it is no UTF-8: as MySQL would be told it, nobody could type it. */
    private static @Nullable String decoded(byte[] value) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Only an event tells why a Job gets no Pod. */
    private JobRun refused(JobRun run, Instant now) {
        V1Job job = run.object();
        if (job == null || !run.withoutPod() || !older(job, now)) {
            return run;
        }
        return uncached.words(job, "FailedCreate")
                .map(words -> run.with(new Trouble(Trouble.Kind.REFUSED, "", words)))
                .orElse(run);
    }

    private static boolean older(V1Job job, Instant now) {
        OffsetDateTime made = job.getMetadata().getCreationTimestamp();
        return made != null && made.toInstant().plus(POD_PATIENCE).isBefore(now);
    }

    /** What carries our labels by accident or malice, but names another MySQL object, is treated as foreign. */
    private <T extends KubernetesObject> Optional<T> child(Class<T> type, MySQL mysql, String name) {
        return caches.get(type, mysql.getMetadata().getNamespace(), name)
                .filter(object -> mysql.getMetadata()
                        .getName()
                        .equals(Ownership.labels(object).get(Labels.MYSQL)));
    }

    private <T extends KubernetesObject> List<T> ofMySQL(Class<T> type, MySQL mysql) {
        return caches.concerning(
                MySQL.class,
                new Request(
                        mysql.getMetadata().getNamespace(), mysql.getMetadata().getName()),
                type);
    }

    /** One that has lost the label by which the cache finds it still keeps its Pods. */
    private @Nullable V1Deployment deployment(MySQL mysql, boolean somethingIsLeft) {
        String name = Names.server(mysql.getMetadata().getName());
        return child(V1Deployment.class, mysql, name)
                .or(() -> somethingIsLeft
                        ? uncached.deployment(mysql.getMetadata().getNamespace(), name)
                                .filter(found -> Ownership.ownedBy(
                                        found, mysql.getMetadata().getUid()))
                        : Optional.empty())
                .orElse(null);
    }

    /** With those that have lost their label, and still keep a Pod. */
    private List<V1ReplicaSet> replicaSets(MySQL mysql, List<V1Pod> pods) {
        List<V1ReplicaSet> found = ofMySQL(V1ReplicaSet.class, mysql);
        List<V1Pod> keptByAnother = pods.stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null && Ownership.isControlled(pod))
                .filter(pod -> found.stream().noneMatch(set -> Ownership.ownedBy(pod, Ownership.uid(set))))
                .toList();
        if (keptByAnother.isEmpty()) {
            return found;
        }
        Stream<V1ReplicaSet> unlabelled = uncached
                .replicaSets(mysql.getMetadata().getNamespace())
                .stream()
                .filter(set -> keptByAnother.stream().anyMatch(pod -> Ownership.ownedBy(pod, Ownership.uid(set))));
        return Stream.concat(found.stream(), unlabelled).toList();
    }
}
