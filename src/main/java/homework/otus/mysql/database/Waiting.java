package homework.otus.mysql.database;

import static homework.otus.mysql.api.ConditionType.Ready;

import homework.otus.mysql.api.ConditionType;
import homework.otus.mysql.backup.Archiving;
import homework.otus.mysql.child.Finalizers;
import homework.otus.mysql.child.JobActions;
import homework.otus.mysql.child.Names;
import homework.otus.mysql.observe.Lingering;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.step.Action;
import homework.otus.mysql.step.Advance;
import homework.otus.mysql.step.Finding;
import homework.otus.mysql.step.Phase;
import homework.otus.mysql.step.Reason;
import homework.otus.mysql.storage.Storage;
import java.time.Duration;
import java.util.function.Function;

/** What a life and its end both wait for. */
final class Waiting {
    /** A Pod that isn't ours sends us no event when it goes. */
    private static final Duration HOLDER_CHECK = Duration.ofSeconds(15);

    private Waiting() {}

    /** The user has told the operator to leave the database alone. */
    static Advance whilePaused(Observed observed) {
        String message = observed.name() + " is left alone until spec.paused is false";
        return observed.mysql().getSpec().isPaused()
                ? Advance.halting(
                        Phase.PAUSED,
                        observed.server().ready()
                                ? Finding.yes(Ready, Reason.Paused, message)
                                : Finding.no(Ready, Reason.Paused, message),
                        Finding.yes(ConditionType.Paused, Reason.Paused, message))
                : Advance.NONE;
    }

    /** Somebody deleted the data claim, and no new Pod may mount it. */
    static Advance forDataClaim(Observed observed) {
        return Advance.halting(
                Phase.DATA_VOLUME_TERMINATING,
                Finding.no(Ready, Reason.DataClaimDeleted, Storage.deletedByHand(observed)));
    }

    /**
     * Some Pod still has the data, and may write: what was archived is archived anew.
     *
     * @param archiveId of the archive that is doubted
     */
    static Advance forHolders(Observed observed, Archiving archiving, Function<Observed, String> archiveId) {
        if (observed.holders().isEmpty()) {
            return Advance.NONE;
        }
        String pod = observed.holders().get(0);
        return archiving
                .doubt(observed, archiveId.apply(observed))
                .halt(
                        Phase.STOPPING,
                        Finding.no(
                                Ready,
                                Reason.Stopping,
                                "Pod " + pod + " still mounts " + Names.dataClaim(observed.name())
                                        + " and may write to it: delete it (kubectl delete pod " + pod
                                        + "); until then nothing is archived, started or removed"))
                .lookingAgainAfter(HOLDER_CHECK);
    }

    /** A backup claim that was deleted waits for the Pods that mount it. */
    static Advance lettingBackupClaimGo(Observed observed) {
        return Advance.of(JobActions.STOP, JobActions.letGo(observed.backupJob()))
                .and(JobActions.STOP, JobActions.letGo(observed.restoreJob()));
    }

    static String backupClaimGoes(Observed observed) {
        return "waiting until " + Names.backupClaim(observed.name()) + ", which was deleted, is gone";
    }

    static Finding releasing(Observed observed) {
        return Finding.no(
                Ready,
                Reason.Releasing,
                "removing " + Names.dataClaim(observed.name()) + " and what is left of " + observed.name()
                        + Lingering.words(observed));
    }

    /** Our finalizer on the MySQL object goes. */
    static Advance letGo(Observed observed) {
        return Advance.of(
                        Order.LET_GO,
                        Action.PatchMetadata.finalizers(observed.mysql(), Finalizers.without(observed.mysql())))
                .halt(Phase.GONE, releasing(observed));
    }
}
