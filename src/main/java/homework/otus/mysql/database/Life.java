package homework.otus.mysql.database;

import homework.otus.mysql.accounts.BindingSecret;
import homework.otus.mysql.accounts.Credentials;
import homework.otus.mysql.accounts.PasswordJobs;
import homework.otus.mysql.accounts.PasswordRotation;
import homework.otus.mysql.accounts.Passwords;
import homework.otus.mysql.backup.ArchiveJobs;
import homework.otus.mysql.backup.Restoring;
import homework.otus.mysql.child.Finalizers;
import homework.otus.mysql.child.JobActions;
import homework.otus.mysql.child.JobRun;
import homework.otus.mysql.child.Presence;
import homework.otus.mysql.child.Trouble;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.Served;
import homework.otus.mysql.observe.ServerVariant;
import homework.otus.mysql.observe.Variants;
import homework.otus.mysql.server.OperatorChange;
import homework.otus.mysql.server.ServerChange;
import homework.otus.mysql.server.ServerDeployment;
import homework.otus.mysql.server.ServerService;
import homework.otus.mysql.server.Stopping;
import homework.otus.mysql.step.Action;
import homework.otus.mysql.step.Actions;
import homework.otus.mysql.step.Capability;
import homework.otus.mysql.step.Coverage;
import homework.otus.mysql.step.Pace;
import homework.otus.mysql.step.Phase;
import homework.otus.mysql.step.Plan;
import homework.otus.mysql.storage.Growth;
import homework.otus.mysql.storage.Storage;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import io.kubernetes.client.openapi.models.V1Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From the order to the serving database: claims, a restore where there may be something to restore, the server. */
final class Life {
    private static final Duration WITHOUT_POD = Duration.ofSeconds(15);

    private final Storage storage;
    private final Restoring restore;
    private final ServerChange serverChange;
    private final PasswordRotation passwordChange;

    Life(ArchiveJobs jobs, PasswordJobs passwordJobs, Storage storage) {
        this.storage = storage;
        this.restore = new Restoring(jobs, storage);
        this.serverChange = new ServerChange(jobs, storage);
        this.passwordChange = new PasswordRotation(passwordJobs);
    }

    Plan plan(Observed o) {
        Actions actions = new Actions();
        if (!Finalizers.held(o.mysql())) {
            actions.of(Capability.HOLD)
                    .add(new Action.PatchMetadata(o.mysql(), Finalizers.with(o.mysql()), Map.of(), Map.of()));
        }
        if (serverIsGoing(o) && Variants.lastReady(o) != null) {
            return Plan.of(Phase.STOPPING, actions);
        }
        if (earlierLifeIsGoing(o)) {
            if (o.server().stopped() && o.backup().deleting()) {
                JobActions.letGo(o.backupJob(), actions.of(Capability.STOP));
                JobActions.letGo(o.restoreJob(), actions.of(Capability.STOP));
            }
            return Plan.of(Phase.WAITING_FOR_EARLIER_LIFE, actions);
        }
        if (o.data().deleting() && o.server().presence() == Presence.ABSENT) {
            return Plan.of(Phase.DATA_VOLUME_TERMINATING, actions);
        }
        if (o.data().mislabelled() || o.backup().mislabelled()) {
            // What is written before the caches find it again, they could never show.
            Storage.relabel(o, actions);
            return Plan.of(o.server().ready() ? Phase.SERVING : Phase.STARTING, actions);
        }
        if (Storage.replaceUnused(o, actions)) {
            return Plan.of(Phase.WAITING_FOR_EARLIER_LIFE, actions);
        }
        Served.mark(o, actions.of(Capability.SERVED));
        storage.claims(o, actions);
        Growth.both(o, actions);
        if (!o.holders().isEmpty() && Variants.lastReady(o) != null) {
            // It may still write, as a server whose Pod has lost its labels does.
            serverChange.doubt(o, actions);
            return Plan.of(Phase.STOPPING, actions).lookingAgainAfter(End.HOLDER_CHECK);
        }
        Optional<Plan> unrestored = restore.plan(o, actions);
        if (unrestored.isPresent()) {
            return unrestored.get();
        }
        return serve(o, actions);
    }

    /** Deleted by somebody, or by us for a change: its Pods may still hold the volume. */
    private static boolean serverIsGoing(Observed o) {
        return o.server().presence() == Presence.ABSENT && o.server().going();
    }

    /** Its Pods may still hold the volume, and its names are ours. */
    private static boolean earlierLifeIsGoing(Observed o) {
        return o.earlierOwned()
                || o.server().presence() == Presence.EARLIER
                || serverIsGoing(o)
                || o.data().presence() == Presence.EARLIER && o.data().deleting()
                || o.server().presence() == Presence.ABSENT && o.backup().deleting();
    }

    private Plan serve(Observed o, Actions actions) {
        Optional<Passwords> held = passwords(o);
        if (held.isEmpty()) {
            return Plan.of(Phase.WAITING_FOR_SECRET, actions);
        }
        PasswordRotation.Todo password = passwordChange.plan(o, held.get());
        correct(
                o,
                Credentials.of(o.mysql(), password.secret(), Served.once(o)),
                o.credentials(),
                actions.of(Capability.CREDENTIALS));
        if (!Credentials.serves(o.credentials())) {
            // Its Pod mounts them. Where they can't be changed, those that are there will do.
            actions.need(Capability.SERVER, Capability.CREDENTIALS);
        }
        correct(
                o,
                BindingSecret.of(o.mysql(), password.secret().application()),
                o.binding(),
                actions.of(Capability.BINDING));
        correct(o, ServerService.of(o.mysql()), o.service(), actions.of(Capability.SERVICE));
        ServerChange.Todo server = serverChange.plan(o, actions);
        if (server.serve() == null) {
            return Plan.of(Phase.CHANGING_IMAGE, actions);
        }
        // An archive that nobody waits for any more is read no further: the server will write to what it reads.
        if (o.server().presence() == Presence.ABSENT && JobActions.stops(o.backupJob(), actions.of(Capability.STOP))) {
            return Plan.of(Phase.STOPPING, actions);
        }
        if (o.server().trouble().is(Trouble.Kind.CRASHING)) {
            // A Pod that no ReplicaSet has taken over still has the volume.
            Stopping.orphanedPods(o, actions);
        }
        Pace pace = deployment(o, server.serve(), password.secret(), actions);
        actions.of(Capability.PASSWORD).addAll(password.actions());
        restore.cleanUp(o, actions);
        removePods(o, password.secret(), actions.of(Capability.CLEANUP));
        return Plan.of(o.server().ready() ? Phase.SERVING : Phase.STARTING, actions)
                .lookingAgainAfter(server.retryAfter())
                .lookingAgainAfter(password.retryAfter())
                .lookingAgainAfter(withoutPod(o))
                .at(pace);
    }

    /** A Job whose Pod is refused sends no event that we watch. */
    private static @Nullable Duration withoutPod(Observed o) {
        boolean without = Stream.of(o.jobs().check(), o.jobs().password()).anyMatch(JobRun::withoutPod);
        return without ? WITHOUT_POD : null;
    }

    /** What the Secret holds, or will hold where there is none yet; empty while nobody knows the password. */
    private static Optional<Passwords> passwords(Observed o) {
        String wanted = o.wantedPassword().value();
        return o.passwords()
                .or(() -> wanted == null
                        ? Optional.empty()
                        : Optional.of(Passwords.first(
                                wanted, o.now().toEpochMilli(), BindingSecret.password(o.binding()), o.madeUp())));
    }

    private static <T extends KubernetesObject> void correct(
            Observed o, T desired, @Nullable T actual, List<Action> actions) {
        if (actual == null) {
            actions.add(new Action.Create(desired));
        } else if (!covers(desired, actual) && !Coverage.unchanged(desired, actual, o.taken())) {
            actions.add(new Action.Apply(
                    desired, String.valueOf(actual.getMetadata().getUid())));
        }
    }

    private static boolean covers(KubernetesObject desired, KubernetesObject actual) {
        return isOwned(desired, actual) && coversContent(desired, actual);
    }

    /** What was adopted isn't yet. */
    private static boolean isOwned(KubernetesObject desired, KubernetesObject actual) {
        return uids(actual).containsAll(uids(desired));
    }

    private static Set<String> uids(KubernetesObject object) {
        List<V1OwnerReference> owners = object.getMetadata().getOwnerReferences();
        return owners == null
                ? Set.of()
                : owners.stream().map(V1OwnerReference::getUid).collect(Collectors.toSet());
    }

    private static boolean coversContent(KubernetesObject desired, KubernetesObject actual) {
        return desired instanceof V1Secret secret && actual instanceof V1Secret found
                ? Credentials.covers(secret, found)
                : Coverage.covers(desired, actual);
    }

    private Pace deployment(Observed o, ServerVariant variant, Passwords secret, Actions actions) {
        if (o.server().deleting()) {
            return Pace.FREE;
        }
        V1Deployment actual = o.server().object();
        V1Deployment desired = ServerDeployment.of(o.mysql(), variant, storage.folders(o), secret.identity());
        boolean paced = actual != null
                && !Coverage.unchanged(desired, actual, o.taken())
                && OperatorChange.only(o, desired, variant, secret);
        if (actual != null && paced && !o.turn().ours()) {
            OperatorChange.record(o, actual, desired, actions.of(Capability.SERVED));
            return Pace.WAITS;
        }
        correct(o, desired, actual, actions.of(Capability.SERVER));
        return paced ? Pace.RESTARTS : Pace.FREE;
    }

    /** A finished Job is kept for inspection; its Pod holds claims and Secrets for nothing. */
    private static void removePods(Observed o, Passwords secret, List<Action> actions) {
        boolean changing = secret.next() != null || secret.retained();
        Stream.of(o.backupJob(), changing ? JobRun.ABSENT : o.jobs().password())
                .filter(job -> job.is(JobRun.State.COMPLETE) && o.server().ready())
                .forEach(job -> JobActions.removePods(job, actions));
    }
}
