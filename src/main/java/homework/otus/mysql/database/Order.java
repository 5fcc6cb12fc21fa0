package homework.otus.mysql.database;

import static homework.otus.mysql.accounts.Accounts.BINDING;
import static homework.otus.mysql.accounts.Accounts.CREDENTIALS;
import static homework.otus.mysql.accounts.Accounts.PASSWORD;
import static homework.otus.mysql.backup.Archiving.ARCHIVE;
import static homework.otus.mysql.backup.Restoring.FOUND;
import static homework.otus.mysql.backup.Restoring.RESTORE;
import static homework.otus.mysql.child.JobActions.CLEANUP;
import static homework.otus.mysql.child.JobActions.STOP;
import static homework.otus.mysql.server.ServerChange.CHECK;
import static homework.otus.mysql.server.Serving.SERVED;
import static homework.otus.mysql.server.Serving.SERVER;
import static homework.otus.mysql.server.Serving.SERVICE;
import static homework.otus.mysql.storage.Growth.BACKUP_GROWTH;
import static homework.otus.mysql.storage.Growth.DATA_GROWTH;
import static homework.otus.mysql.storage.Storage.BACKUP_CLAIM;
import static homework.otus.mysql.storage.Storage.DATA_CLAIM;
import static homework.otus.mysql.storage.Storage.RELEASE;

import homework.otus.mysql.accounts.Accounts;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.step.Action;
import homework.otus.mysql.step.Capability;
import homework.otus.mysql.step.Group;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * In which order capabilities are acted for, whatever the steps' own order is, and which of them need which.
 *
 * <p>A capability that isn't taken ends those that need it. Only what is above can be needed, so that nothing ever needs
 * what comes after it.
 */
final class Order {
    /** Ends Jobs that would not go on by themselves. */
    static final Capability JOB_END = new Capability("JobEnd");
    /** Our finalizer on the MySQL object: nothing is made without it. */
    static final Capability HOLD = new Capability("Hold");
    /** At the end: the MySQL object may go. */
    static final Capability LET_GO = new Capability("LetGo");

    /** Each with all that it needs, directly or not. */
    private static final Map<Capability, Set<Capability>> NEEDS = new LinkedHashMap<>();

    static {
        row(JOB_END);
        row(HOLD);
        row(SERVED);
        row(DATA_CLAIM, HOLD);
        row(BACKUP_CLAIM, HOLD);
        row(DATA_GROWTH);
        row(BACKUP_GROWTH);
        row(CREDENTIALS, HOLD);
        row(BINDING, HOLD);
        row(SERVICE, HOLD);
        row(CHECK, HOLD);
        row(FOUND);
        row(STOP, SERVED, FOUND);
        row(ARCHIVE, DATA_CLAIM, BACKUP_CLAIM, STOP);
        row(RESTORE, DATA_CLAIM, BACKUP_CLAIM, STOP, FOUND);
        row(SERVER, DATA_CLAIM, BACKUP_CLAIM, STOP, ARCHIVE, RESTORE);
        row(PASSWORD, CREDENTIALS);
        row(RELEASE, STOP, ARCHIVE);
        row(CLEANUP, ARCHIVE);
        row(LET_GO, RELEASE);
    }

    private Order() {}

    private static void row(Capability capability, Capability... needed) {
        Set<Capability> needs = new LinkedHashSet<>();
        for (Capability one : needed) {
            needs.add(one);
            needs.addAll(NEEDS.getOrDefault(one, Set.of()));
        }
        NEEDS.put(capability, needs);
    }

    /** @throws IllegalArgumentException where there is no row for a capability */
    static List<Group> groups(Observed observed, Map<Capability, List<Action>> actions) {
        if (!NEEDS.keySet().containsAll(actions.keySet())) {
            throw new IllegalArgumentException("a capability without a row: " + actions.keySet());
        }
        List<Group> groups = new ArrayList<>();
        NEEDS.forEach((capability, needs) -> {
            List<Action> own = actions.getOrDefault(capability, List.of());
            if (!own.isEmpty()) {
                groups.add(new Group(capability, needs(observed, capability, needs), own));
            }
        });
        return groups;
    }

    private static Set<Capability> needs(Observed observed, Capability capability, Set<Capability> always) {
        if (!capability.equals(SERVER) || Accounts.served(observed)) {
            // Where the credentials can't be changed, those that are there will do.
            return always;
        }
        Set<Capability> needs = new LinkedHashSet<>(always);
        needs.add(CREDENTIALS);
        return needs;
    }
}
