package homework.otus.mysql.database;

import homework.otus.mysql.accounts.Accounts;
import homework.otus.mysql.accounts.PasswordJobs;
import homework.otus.mysql.backup.ArchiveJobs;
import homework.otus.mysql.backup.Archiving;
import homework.otus.mysql.backup.Restoring;
import homework.otus.mysql.child.Folders;
import homework.otus.mysql.child.JobRun;
import homework.otus.mysql.child.StaticVolumes;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.server.Needs;
import homework.otus.mysql.server.Serving;
import homework.otus.mysql.server.Stopping;
import homework.otus.mysql.step.Action;
import homework.otus.mysql.step.Advance;
import homework.otus.mysql.step.Halt;
import homework.otus.mysql.step.Pace;
import homework.otus.mysql.step.Phase;
import homework.otus.mysql.step.Step;
import homework.otus.mysql.storage.Storage;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Puts the rooms together, and makes of an observation what is to be done next. Pure, and total. */
public final class Planner {
    private static final Duration FOLDER_CHECK = Duration.ofSeconds(1);
    private static final Duration OTHERS_CHECK = Duration.ofSeconds(15);

    private final Storage storage;
    private final Step<Observed> life;
    private final Step<Observed> end;

    /** @param operatorImage that the Jobs run */
    public Planner(String operatorImage, StaticVolumes volumes) {
        storage = new Storage(volumes, operatorImage);
        ArchiveJobs jobs = new ArchiveJobs(operatorImage);
        Archiving archiving = new Archiving(jobs, storage::folders);
        Restoring restoring = new Restoring(jobs, storage::folders, Stopping::server);
        Accounts accounts = new Accounts(new PasswordJobs(operatorImage));
        Serving serving = new Serving(needs(storage, archiving));
        life = new Life(storage).steps(archiving, restoring, accounts, serving);
        end = new End(storage).steps(archiving, restoring);
    }

    private static Needs needs(Storage storage, Archiving archiving) {
        return new Needs() {
            @Override
            public Folders folders(Observed observed) {
                return storage.folders(observed);
            }

            @Override
            public String credentials(Observed observed) {
                return Accounts.identity(observed);
            }

            @Override
            public boolean changesPassword(Observed observed) {
                return Accounts.changing(observed);
            }

            @Override
            public Advance archive(Observed observed, String id) {
                return archiving.archive(observed, id);
            }

            @Override
            public String archiveFailure(Observed observed, JobRun job) {
                return Archiving.failure(observed, job);
            }
        };
    }

    public Plan plan(Observed observed) {
        Advance advance = (observed.deleting() ? end : life).advance(observed);
        Halt halt = advance.halt();
        if (halt == null) {
            throw new IllegalStateException("no step halts for " + observed.name());
        }
        if (halt.phase() != Phase.PAUSED) {
            List<Action> others =
                    advance.actions().values().stream().flatMap(List::stream).toList();
            advance = advance.and(Order.JOB_END, JobEnds.of(observed, others))
                    .lookingAgainAfter(halt.phase().waitsForOthers() ? OTHERS_CHECK : null)
                    .lookingAgainAfter(storage.awaitsFolders(observed) ? FOLDER_CHECK : null);
        }
        return new Plan(
                halt.phase(),
                Order.groups(observed, advance.actions()),
                advance.lookAgain(),
                pace(observed, advance),
                Stream.concat(halt.findings().stream(), advance.findings().stream())
                        .toList());
    }

    /** Whatever happens to it meanwhile: no other is restarted before it is seen to answer again. */
    private static Pace pace(Observed observed, Advance advance) {
        boolean keepsTurn = observed.turn().ours()
                && !observed.deleting()
                && !observed.server().ready();
        return keepsTurn ? Pace.RESTARTS : advance.pace();
    }
}
