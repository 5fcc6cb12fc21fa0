package homework.otus.mysql.observe;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.api.SecretKeyRef;
import homework.otus.mysql.child.Component;
import homework.otus.mysql.child.HeldJob;
import homework.otus.mysql.child.JobReader;
import homework.otus.mysql.child.JobRun;
import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.Names;
import homework.otus.mysql.child.PodReader;
import homework.otus.mysql.child.StaticVolumes;
import homework.otus.mysql.child.Trouble;
import homework.otus.mysql.database.Turns;
import homework.otus.mysql.kube.Answers;
import homework.otus.mysql.kube.Caches;
import homework.otus.mysql.kube.Uncached;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.extended.controller.reconciler.Request;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1PersistentVolume;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1ReplicaSet;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
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
    private final Turns turns;
    private final StaticVolumes staticVolumes;
    private final Clock clock;

    public Observer(
            Caches caches, Uncached uncached, Answers answers, Turns turns, StaticVolumes staticVolumes, Clock clock) {
        this.caches = caches;
        this.uncached = uncached;
        this.answers = answers;
        this.turns = turns;
        this.staticVolumes = staticVolumes;
        this.clock = clock;
    }

    public Observed observe(MySQL mysql) {
        String name = mysql.getMetadata().getName();
        String uid = mysql.getMetadata().getUid();
        Instant now = clock.instant();
        List<V1Pod> pods = ofMySQL(V1Pod.class, mysql);
        Optional<V1Secret> secret = child(V1Secret.class, mysql, Names.credentials(name));
        Optional<V1Secret> binding = child(V1Secret.class, mysql, Names.binding(name));
        Optional<V1Service> service = child(V1Service.class, mysql, Names.server(name));
        Claim data = claim(mysql, Component.DATA, Names.dataClaim(name), Names.dataVolume(name));
        Claim backup = claim(mysql, Component.BACKUP, Names.backupClaim(name), Names.backupVolume(name));
        JobReader.Purpose mounting = new JobReader.Purpose(uid, data.uid(), backup.uid());
        JobReader.Purpose other = new JobReader.Purpose(uid, data.uid(), null);
        List<V1Pod> ofServer = withComponent(pods, Component.SERVER);
        List<V1ReplicaSet> replicaSets = replicaSets(mysql, ofServer);
        V1Deployment deployment = deployment(mysql, !replicaSets.isEmpty() || !ofServer.isEmpty());
        Server server = ServerReader.read(deployment, replicaSets, ofServer, uid, now);
        Jobs jobs = new Jobs(
                job(mysql, Names.backupJob(name), mounting, withComponent(pods, Component.BACKUP), now),
                job(mysql, Names.restoreJob(name), mounting, withComponent(pods, Component.RESTORE), now),
                job(mysql, Names.passwordJob(name), other, withComponent(pods, Component.PASSWORD), now),
                job(mysql, Names.checkJob(name), other, withComponent(pods, Component.CHECK), now));
        Optional<V1Job> volumeJob = volumeJob(mysql, data, backup);
        return new Observed(
                mysql,
                data,
                backup,
                wantedPassword(mysql),
                secret.filter(object -> belongsTo(object, uid)).orElse(null),
                binding.filter(object -> belongsTo(object, uid)).orElse(null),
                service.filter(object -> belongsTo(object, uid)).orElse(null),
                Stream.of(secret, binding, service)
                        .flatMap(Optional::stream)
                        .anyMatch(object -> !belongsTo(object, uid)),
                server,
                jobs,
                // Asked only at a database's end: then it decides whether a backup can be taken at all.
                mysql.getMetadata().getDeletionTimestamp() != null
                        && uncached.terminatingNamespace(mysql.getMetadata().getNamespace()),
                folders(volumeJob),
                Stream.concat(heldJobs(mysql, pods), volumeJob.stream().flatMap(job -> heldVolumeJob(job).stream()))
                        .toList(),
                Stream.of(
                                        server.trouble(),
                                        jobs.backup().trouble(),
                                        jobs.restore().trouble())
                                .anyMatch(trouble -> trouble.is(Trouble.Kind.UNSCHEDULABLE))
                        ? unbound(data, backup)
                        : List.of(),
                now,
                server.stopped() && data.object() != null ? holders(mysql, jobs) : List.of(),
                Lingering.of(
                        Stream.of(pods, replicaSets, Arrays.asList(deployment, data.object(), backup.object()))
                                .flatMap(List::stream),
                        now),
                answers
                        .of(
                                mysql.getMetadata().getNamespace(),
                                List.of(Names.server(name), Names.credentials(name), Names.binding(name)))
                        .stream()
                        .map(answer -> new Taken(answer.desired(), answer.answer()))
                        .toList(),
                MadeUp.of(RANDOM),
                turns.holds(new Request(mysql.getMetadata().getNamespace(), name)) ? Turn.OURS : Turn.NOT_ASKED);
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

    /** Of any life: what keeps one running keeps its claims, too. */
    private Stream<HeldJob> heldJobs(MySQL mysql, List<V1Pod> pods) {
        String name = mysql.getMetadata().getName();
        return Stream.of(Names.backupJob(name), Names.restoreJob(name), Names.passwordJob(name), Names.checkJob(name))
                .flatMap(job -> child(V1Job.class, mysql, job).stream())
                .flatMap(job -> JobReader.held(job, pods).stream());
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
    private List<String> holders(MySQL mysql, Jobs jobs) {
        Set<String> ofJobs = Stream.of(jobs.backup(), jobs.restore())
                .map(JobRun::object)
                .filter(Objects::nonNull)
                .map(job -> String.valueOf(job.getMetadata().getUid()))
                .collect(Collectors.toSet());
        return uncached.pods(mysql.getMetadata().getNamespace()).stream()
                .filter(pod -> PodReader.mounts(
                        pod, Names.dataClaim(mysql.getMetadata().getName())))
                .filter(pod -> !PodReader.finished(pod))
                .filter(pod -> ofJobs.stream().noneMatch(uid -> ownedBy(pod, uid)))
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
        if (!"true".equals(labels(secret.get()).get(Labels.MYSQL_PASSWORD))) {
            return WantedPassword.missing("Secret " + reference.name()
                    + " does not allow a MySQL to take its password from it: kubectl label secret " + reference.name()
                    + " " + Labels.MYSQL_PASSWORD + "=true");
        }
        Map<String, byte[]> entries = secret.get().getData();
        byte[] value = entries == null ? null : entries.get(reference.key());
        if (value == null) {
            return WantedPassword.missing("Secret " + reference.name() + " has no key " + reference.key());
        }
        String password = new String(value, StandardCharsets.UTF_8);
        if (value.length == 0
                || value.length > LONGEST_PASSWORD
                || password.chars().anyMatch(Character::isISOControl)) {
            return WantedPassword.missing("key " + reference.key() + " of Secret " + reference.name()
                    + " is no password that MySQL's clients take: it has to have 1 to " + LONGEST_PASSWORD
                    + " bytes and no control characters, such as a line break at its end");
        }
        return WantedPassword.of(password);
    }

    private JobRun job(MySQL mysql, String name, JobReader.Purpose purpose, List<V1Pod> pods, Instant now) {
        return child(V1Job.class, mysql, name)
                .map(job -> JobReader.read(job, pods, purpose, now))
                .map(run -> refused(run, now))
                .orElse(JobRun.ABSENT);
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
                .filter(object ->
                        mysql.getMetadata().getName().equals(labels(object).get(Labels.MYSQL)));
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
                                .filter(found ->
                                        ownedBy(found, mysql.getMetadata().getUid()))
                        : Optional.empty())
                .orElse(null);
    }

    /** With those that have lost their label, and still keep a Pod. */
    private List<V1ReplicaSet> replicaSets(MySQL mysql, List<V1Pod> pods) {
        List<V1ReplicaSet> found = ofMySQL(V1ReplicaSet.class, mysql);
        List<V1Pod> keptByAnother = pods.stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null && isControlled(pod))
                .filter(pod -> found.stream().noneMatch(set -> ownedBy(pod, uid(set))))
                .toList();
        if (keptByAnother.isEmpty()) {
            return found;
        }
        Stream<V1ReplicaSet> unlabelled = uncached
                .replicaSets(mysql.getMetadata().getNamespace())
                .stream()
                .filter(set -> keptByAnother.stream().anyMatch(pod -> ownedBy(pod, uid(set))));
        return Stream.concat(found.stream(), unlabelled).toList();
    }

    private static String uid(KubernetesObject object) {
        return String.valueOf(object.getMetadata().getUid());
    }

    private static List<V1Pod> withComponent(List<V1Pod> pods, Component component) {
        return pods.stream()
                .filter(pod -> component.label().equals(labels(pod).get(Labels.COMPONENT)))
                .toList();
    }

    /**
     * Whose owner is this MySQL, or nobody: {@code kubectl delete --cascade=orphan} leaves that behind, and backup tools
     * bring objects back without their owners. It is adopted. What another MySQL owns, the garbage collector takes.
     */
    static boolean belongsTo(KubernetesObject object, String uid) {
        return ownedBy(object, uid) || !isControlled(object);
    }

    static boolean isControlled(KubernetesObject object) {
        return object.getMetadata().getOwnerReferences() != null
                && object.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner -> Boolean.TRUE.equals(owner.getController()));
    }

    /** Whether the object of this uid controls it. */
    public static boolean ownedBy(KubernetesObject object, String uid) {
        return object.getMetadata().getOwnerReferences() != null
                && object.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner ->
                                Boolean.TRUE.equals(owner.getController()) && Objects.equals(uid, owner.getUid()));
    }

    public static Map<String, String> labels(KubernetesObject object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }
}
