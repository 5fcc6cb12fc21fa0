package homework.otus.mysql.database;

import static homework.otus.mysql.api.ConditionType.Ready;

import homework.otus.mysql.accounts.Accounts;
import homework.otus.mysql.backup.Archiving;
import homework.otus.mysql.backup.Restoring;
import homework.otus.mysql.child.Finalizers;
import homework.otus.mysql.child.Presence;
import homework.otus.mysql.observe.Lingering;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.server.ServerChange;
import homework.otus.mysql.server.Serving;
import homework.otus.mysql.step.Action;
import homework.otus.mysql.step.Advance;
import homework.otus.mysql.step.Finding;
import homework.otus.mysql.step.Phase;
import homework.otus.mysql.step.Reason;
import homework.otus.mysql.step.Step;
import homework.otus.mysql.storage.Growth;
import homework.otus.mysql.storage.Storage;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** From the order to the serving database. */
final class Life {
    private final Storage storage;

    Life(Storage storage) {
        this.storage = storage;
    }

    Step<Observed> steps(Archiving archiving, Restoring restoring, Accounts accounts, Serving serving) {
        return Step.inOrder(List.of(
                Waiting::whilePaused,
                Life::hold,
                Life::awaitServerGone,
                Life::awaitEarlierLife,
                Life::awaitDataClaim,
                this::relabelClaims,
                this::replaceUnusedBackupClaim,
                Serving::mark,
                storage::claims,
                Growth::both,
                awaitHolders(archiving),
                restoring::restore,
                accounts::awaitPassword,
                serving::serve,
                accounts::advance,
                restoring::cleanUp,
                Life::answer,
                restoring::tell,
                storage::watchDataClaim));
    }

    private static Advance hold(Observed observed) {
        return Finalizers.held(observed.mysql())
                ? Advance.NONE
                : Advance.of(
                        Order.HOLD,
                        Action.PatchMetadata.finalizers(observed.mysql(), Finalizers.with(observed.mysql())));
    }

    /** One that has served was deleted by somebody, or by us for a change: its Pods may still hold the volume. */
    private static Advance awaitServerGone(Observed observed) {
        return serverIsGoing(observed) && observed.hasServed()
                ? Advance.halting(Phase.STOPPING, Serving.stopping(observed))
                : Advance.NONE;
    }

    /** Its Pods may still hold the volume, and its names are ours. */
    private static Advance awaitEarlierLife(Observed observed) {
        boolean going = observed.earlierOwned()
                || observed.server().presence() == Presence.EARLIER
                || serverIsGoing(observed)
                || observed.data().presence() == Presence.EARLIER
                        && observed.data().deleting()
                || observed.server().presence() == Presence.ABSENT
                        && observed.backup().deleting();
        if (!going) {
            return Advance.NONE;
        }
        boolean backupClaimGoes =
                observed.server().stopped() && observed.backup().deleting();
        return (backupClaimGoes ? Waiting.lettingBackupClaimGo(observed) : Advance.NONE)
                .halt(Phase.WAITING_FOR_EARLIER_LIFE, earlierLife(observed));
    }

    private static Advance awaitDataClaim(Observed observed) {
        return observed.data().deleting() && observed.server().presence() == Presence.ABSENT
                ? Waiting.forDataClaim(observed)
                : Advance.NONE;
    }

    /** What is written before the caches find the claims again, they could never show. */
    private Advance relabelClaims(Observed observed) {
        return observed.mislabelled() ? storage.relabel(observed).and(answer(observed)) : Advance.NONE;
    }

    private Advance replaceUnusedBackupClaim(Observed observed) {
        return observed.backup().presence() == Presence.EARLIER
                        && observed.backup().neverUsed()
                ? storage.removeUnusedBackupClaim(observed).halt(Phase.WAITING_FOR_EARLIER_LIFE, earlierLife(observed))
                : Advance.NONE;
    }

    /** It may still write, as a server does whose Pod has lost its labels, or a restore whose Job was deleted alone. */
    private static Step<Observed> awaitHolders(Archiving archiving) {
        Step<Observed> await = observed -> Waiting.forHolders(observed, archiving, ServerChange::archiveId);
        return await.when(observed -> observed.hasServed() || observed.backup().mayHoldArchives());
    }

    /** Nothing is left to be done before: either it answers, or it is on its way. */
    private static Advance answer(Observed observed) {
        if (observed.server().ready()) {
            return Advance.halting(
                    Phase.SERVING,
                    Finding.yes(
                            Ready,
                            Reason.Serving,
                            observed.name() + " created " + (observed.restored() ? "with" : "without")
                                    + " restore-job"));
        }
        Finding worst = Stream.of(
                        Serving.dataMissing(observed), Storage.foldersFailed(observed), Accounts.refusal(observed))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> Serving.starting(observed));
        return Advance.halting(Phase.STARTING, worst);
    }

    private static Finding earlierLife(Observed observed) {
        return Finding.no(
                Ready,
                Reason.EarlierLifeTerminating,
                observed.backup().deleting()
                        ? Waiting.backupClaimGoes(observed)
                        : "waiting until the objects that an earlier " + observed.name() + " left are gone"
                                + Lingering.words(observed));
    }

    private static boolean serverIsGoing(Observed observed) {
        return observed.server().presence() == Presence.ABSENT
                && observed.server().going();
    }
}
