package homework.otus.mysql.plan;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.manifest.ArchiveJobs;
import homework.otus.mysql.manifest.Claims;
import homework.otus.mysql.manifest.Credentials;
import homework.otus.mysql.manifest.Labels;
import homework.otus.mysql.manifest.ServerDeployment;
import homework.otus.mysql.manifest.ServerService;
import homework.otus.mysql.observe.Claim;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.Presence;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From the order to the serving database: claims, a restore where there may be something to restore, the server. */
final class Life {
    private final Restore restore;

    Life(ArchiveJobs jobs) {
        this.restore = new Restore(jobs);
    }

    Plan plan(Observed o) {
        List<Action> actions = new ArrayList<>();
        if (!Finalizers.held(o.mysql())) {
            actions.add(new Action.PatchMetadata(o.mysql(), Finalizers.with(o.mysql()), Map.of(), Map.of()));
        }
        if (earlierLifeIsGoing(o)) {
            return Plan.of(Phase.WAITING_FOR_EARLIER_LIFE, actions);
        }
        if (o.data().deleting() && o.server().presence() == Presence.ABSENT) {
            return Plan.of(Phase.DATA_VOLUME_TERMINATING, actions);
        }
        claims(o, actions);
        Optional<Plan> unrestored = restore.plan(o, actions);
        if (unrestored.isPresent()) {
            return unrestored.get();
        }
        serve(o, actions);
        restore.cleanUp(o, actions);
        return Plan.of(o.server().ready() ? Phase.SERVING : Phase.STARTING, actions);
    }

    /** Its Pods may still hold the volume, and its names are ours. */
    private static boolean earlierLifeIsGoing(Observed o) {
        return o.earlierOwned()
                || o.server().presence() == Presence.EARLIER
                || o.server().presence() == Presence.ABSENT && !o.server().stopped()
                || o.data().presence() == Presence.EARLIER && o.data().deleting()
                || o.server().presence() == Presence.ABSENT && o.backup().deleting();
    }

    private static void claims(Observed o, List<Action> actions) {
        Claim data = o.data();
        if (data.object() == null) {
            actions.add(new Action.Create(Claims.data(o.mysql())));
        } else if (!data.deleting() && (data.presence() == Presence.EARLIER || !data.holdsFinalizer())) {
            // A claim that an earlier life left behind holds rows: it is served, and backed up when this life ends.
            actions.add(new Action.PatchMetadata(
                    data.object(),
                    data.holdsFinalizer() ? null : Finalizers.with(data.object()),
                    Map.of(Labels.MYSQL_UID, o.uid()),
                    Map.of()));
        }
        if (o.backup().absent()) {
            actions.add(new Action.Create(Claims.backup(o.mysql())));
        }
    }

    private static void serve(Observed o, List<Action> actions) {
        MySQL mysql = o.mysql();
        V1Secret secret = o.credentials();
        if (secret == null) {
            actions.add(new Action.Create(Credentials.of(mysql, mysql.getSpec().getPassword())));
        } else {
            V1Secret desired = Credentials.of(mysql, AppliedSpec.password(o));
            if (!Credentials.covers(desired, secret)) {
                actions.add(new Action.Apply(desired, uid(secret.getMetadata().getUid())));
            }
        }
        V1Service service = o.service();
        V1Service desiredService = ServerService.of(mysql);
        if (service == null) {
            actions.add(new Action.Create(desiredService));
        } else if (!Coverage.covers(desiredService, service)) {
            actions.add(
                    new Action.Apply(desiredService, uid(service.getMetadata().getUid())));
        }
        V1Deployment deployment = o.server().object();
        V1Deployment desiredDeployment = ServerDeployment.of(mysql, AppliedSpec.image(o));
        if (deployment == null) {
            actions.add(new Action.Create(desiredDeployment));
        } else if (!o.server().deleting() && !Coverage.covers(desiredDeployment, deployment)) {
            actions.add(new Action.Apply(
                    desiredDeployment, uid(deployment.getMetadata().getUid())));
        }
    }

    private static String uid(@Nullable String uid) {
        return String.valueOf(uid);
    }
}
