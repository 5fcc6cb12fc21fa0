package homework.otus.mysql.server;

import homework.otus.mysql.api.ConditionType;
import homework.otus.mysql.child.Correction;
import homework.otus.mysql.child.JobActions;
import homework.otus.mysql.child.JobRun;
import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.Names;
import homework.otus.mysql.child.Presence;
import homework.otus.mysql.child.Trouble;
import homework.otus.mysql.observe.Lingering;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.ServedMark;
import homework.otus.mysql.observe.Server;
import homework.otus.mysql.observe.ServerVariant;
import homework.otus.mysql.observe.TroubleFinding;
import homework.otus.mysql.observe.Variants;
import homework.otus.mysql.step.Action;
import homework.otus.mysql.step.Advance;
import homework.otus.mysql.step.Capability;
import homework.otus.mysql.step.Coverage;
import homework.otus.mysql.step.Finding;
import homework.otus.mysql.step.Pace;
import homework.otus.mysql.step.Phase;
import homework.otus.mysql.step.Reason;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1Service;
import org.jspecify.annotations.Nullable;

/** The server and its Service. */
public final class Serving {
    /** The mark on the data claim that a server was ready on it. */
    public static final Capability SERVED = new Capability("Served");

    public static final Capability SERVICE = new Capability("Service");
    public static final Capability SERVER = new Capability("Server");

    private final Needs needs;
    private final ServerChange change;

    public Serving(Needs needs) {
        this.needs = needs;
        this.change = new ServerChange(needs);
    }

    /** Keeps the mark on the data claim that says which server was ready on its volume last. */
    public static Advance mark(Observed observed) {
        ServerVariant serving = observed.server().ready() ? observed.server().variant() : null;
        return serving == null
                ? Advance.NONE
                : mark(observed, new ServedMark(serving, false, observed.restored() ? observed.uid() : null));
    }

    static Advance mark(Observed observed, ServedMark mark) {
        V1PersistentVolumeClaim claim = observed.data().object();
        return claim == null || mark.equals(observed.data().served())
                ? Advance.NONE
                : Advance.of(SERVED, Action.PatchMetadata.annotate(claim, Labels.SERVED, mark.toJson()));
    }

    /** Halts while the data is archived for a change, or an archive is read that nobody waits for any more. */
    public Advance serve(Observed observed) {
        Advance service = Advance.of(
                SERVICE,
                Correction.of(
                        ServerService.of(observed.mysql()),
                        observed.child(V1Service.class, Names.server(observed.name())),
                        observed.taken()));
        if (observed.data().deleting() && observed.server().presence() == Presence.OURS) {
            return service.telling(untouchable(observed));
        }
        ServerChange.Choice choice = change.decide(observed);
        Advance advance = service.and(choice.advance());
        if (choice.serve() == null) {
            return ServerChange.halt(
                    observed,
                    advance.telling(SpecFinding.of(observed, Pace.FREE, choice.waiting())),
                    SpecFinding.replicas(observed));
        }
        // An archive that nobody waits for any more is read no further: the server will write to what it reads.
        if (observed.server().presence() == Presence.ABSENT
                && observed.backupJob().running()) {
            return advance.and(JobActions.STOP, JobActions.stop(observed.backupJob()))
                    .telling(SpecFinding.of(observed, Pace.FREE, choice.waiting()))
                    .halt(Phase.STOPPING, stopping(observed));
        }
        if (observed.server().trouble().is(Trouble.Kind.CRASHING)) {
            advance = advance.and(Stopping.orphanedPods(observed));
        }
        Advance deployment = deployment(observed, choice.serve());
        return advance.and(deployment)
                .telling(SpecFinding.of(observed, deployment.pace(), choice.waiting()))
                .and(removePods(observed));
    }

    /** Its Pod is the last that has the data: no other may mount a claim that somebody has deleted. */
    private @Nullable Finding untouchable(Observed observed) {
        V1Deployment actual = observed.server().object();
        V1Deployment desired = desired(observed, Variants.wanted(observed));
        Finding waits = Finding.no(
                ConditionType.SpecApplied,
                Reason.DataClaimDeleted,
                "what the spec says waits, for " + Names.dataClaim(observed.name())
                        + " was deleted by hand and no new Pod can mount it: the server is left as it is; see"
                        + " \"The data claim was deleted\" in docs/operations.md");
        return actual == null
                        || Correction.of(desired, actual, observed.taken()).isEmpty()
                ? SpecFinding.of(observed, Pace.FREE, waits)
                : waits;
    }

    /** Tells of a server whose data is gone. */
    public static @Nullable Finding dataMissing(Observed observed) {
        return observed.server().dataMissing()
                ? Finding.no(
                        ConditionType.Ready,
                        Reason.DataMissing,
                        "a server has served from the volume of " + Names.dataClaim(observed.name())
                                + ", and now its data directory is missing: nothing is initialised or removed; see"
                                + " \"The data is missing\" in docs/operations.md")
                : null;
    }

    public static Finding starting(Observed observed) {
        // One that is started anew, as for a change, is not yet expected to answer.
        boolean stoppedResponding =
                observed.data().served() != null && observed.server().rollout() != Server.Rollout.RUNNING;
        return TroubleFinding.ofServer(observed)
                .orElse(
                        stoppedResponding ? Reason.ServerNotReady : Reason.Starting,
                        stoppedResponding
                                ? "the server does not answer: see kubectl describe pod -l app=" + observed.name()
                                : "starting " + observed.name() + Lingering.words(observed));
    }

    public static Finding stopping(Observed observed) {
        return Finding.no(
                ConditionType.Ready,
                Reason.Stopping,
                "stopping " + observed.name() + (observed.deleting() ? " for its final backup" : "")
                        + Lingering.words(observed));
    }

    private Advance deployment(Observed observed, ServerVariant variant) {
        // Whatever happens to it meanwhile: no other is restarted before it is seen to answer again.
        Pace kept = observed.turn().ours() && !observed.server().ready() ? Pace.RESTARTS : Pace.FREE;
        if (observed.server().deleting() || observed.mysql().getSpec().isPaused()) {
            return Advance.NONE.at(kept);
        }
        V1Deployment actual = observed.server().object();
        V1Deployment desired = desired(observed, variant);
        boolean paced = actual != null
                && !Coverage.unchanged(desired, actual, observed.taken())
                && OperatorChange.only(observed, desired, variant, needs.changesPassword(observed));
        if (actual != null && paced && !observed.turn().ours()) {
            return OperatorChange.record(observed, actual, desired).at(Pace.WAITS);
        }
        return Advance.of(SERVER, Correction.of(desired, actual, observed.taken()))
                .at(paced ? Pace.RESTARTS : kept);
    }

    private V1Deployment desired(Observed observed, ServerVariant variant) {
        return ServerDeployment.of(observed.mysql(), variant, needs.folders(observed), needs.credentials(observed));
    }

    /** A finished Job is kept for inspection; its Pod holds the claims for nothing. */
    private static Advance removePods(Observed observed) {
        return observed.backupJob().is(JobRun.State.COMPLETE)
                        && observed.server().ready()
                ? Advance.of(JobActions.CLEANUP, JobActions.removePods(observed.backupJob()))
                : Advance.NONE;
    }
}
