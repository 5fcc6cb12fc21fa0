package homework.otus.mysql.database;

import homework.otus.mysql.accounts.Accounts;
import homework.otus.mysql.api.Condition;
import homework.otus.mysql.api.ConditionType;
import homework.otus.mysql.api.MySQLStatus;
import homework.otus.mysql.child.JobActions;
import homework.otus.mysql.child.Names;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.server.ServerChange;
import homework.otus.mysql.server.Serving;
import homework.otus.mysql.step.Capability;
import homework.otus.mysql.step.Finding;
import homework.otus.mysql.step.Reason;
import homework.otus.mysql.step.Setback;
import homework.otus.mysql.storage.Growth;
import io.kubernetes.client.openapi.models.V1Service;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the API server did not take, told by the condition that it is about. Ready only where nothing is served for it. */
public final class SetbackFindings {
    private static final Set<Capability> GROWTH = Set.of(Growth.DATA_GROWTH, Growth.BACKUP_GROWTH);
    /** The database serves without. */
    private static final Set<Capability> BESIDE =
            Set.of(Order.JOB_END, ServerChange.CHECK, Accounts.BINDING, JobActions.CLEANUP);

    private static final Pattern NO_WORD = Pattern.compile("\\S*\\d\\S*");

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration AT_LAST = Duration.ofMinutes(5);
    /** What has failed may work again at any moment, and nothing tells when. */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(8);

    private SetbackFindings() {}

    static List<Finding> of(Observed observed, List<Setback> setbacks) {
        Map<ConditionType, Finding> findings = new EnumMap<>(ConditionType.class);
        for (Setback setback : setbacks) {
            Finding finding = Finding.no(type(observed, setback.capability()), reason(setback), message(setback));
            findings.merge(
                    finding.type(),
                    finding,
                    (first, second) ->
                            Finding.no(first.type(), first.reason(), first.message() + "; and " + second.message()));
        }
        return findings.values().stream()
                .map(finding -> inWordsOfBefore(observed, finding))
                .toList();
    }

    /**
     * A refusal that has a port, a time or an id in it has other words each time. To tell them would wake us, and the write
     * would be tried again at once.
     */
    private static Finding inWordsOfBefore(Observed observed, Finding finding) {
        MySQLStatus status = observed.mysql().getStatus();
        return Optional.ofNullable(status)
                .flatMap(told -> told.condition(finding.type()))
                .filter(before -> before.reason().equals(finding.reason().name()))
                .filter(before -> gist(before.message()).equals(gist(finding.message())))
                .map(before -> Finding.no(finding.type(), finding.reason(), before.message()))
                .orElse(finding);
    }

    /** Without what is no word, but for the object. */
    private static String gist(String message) {
        int object = Math.max(message.indexOf(": "), 0);
        return message.substring(0, object)
                + NO_WORD.matcher(message.substring(object)).replaceAll("#");
    }

    /** Nothing wakes us when somebody else's object is gone, or a quota has changed: the longer it lasts, the later. */
    public static Optional<Duration> retryAfter(Observed observed, List<Setback> setbacks) {
        return setbacks.stream().map(setback -> retryAfter(observed, setback)).min(Comparator.naturalOrder());
    }

    /** Whether the condition speaks of a setback. */
    static boolean tells(Condition condition) {
        return condition.reason().equals(Reason.Conflict.name())
                || condition.reason().equals(Reason.Refused.name())
                || condition.reason().equals(Reason.WriteFailed.name())
                || condition.reason().equals(Reason.ExpansionRefused.name());
    }

    private static Duration retryAfter(Observed observed, Setback setback) {
        if (setback.cause() == Setback.Cause.FAILED) {
            return AFTER_FAILURE;
        }
        MySQLStatus status = observed.mysql().getStatus();
        Duration age = Optional.ofNullable(status)
                .flatMap(told -> told.condition(type(observed, setback.capability())))
                .filter(SetbackFindings::tells)
                .map(condition -> Duration.between(Instant.parse(condition.lastTransitionTime()), observed.now()))
                .orElse(Duration.ZERO);
        Duration half = age.dividedBy(2);
        if (half.compareTo(SOON) < 0) {
            return SOON;
        }
        return half.compareTo(AT_LAST) < 0 ? half : AT_LAST;
    }

    private static ConditionType type(Observed observed, Capability capability) {
        boolean served = observed.server().ready() && !observed.deleting();
        if (GROWTH.contains(capability)) {
            return ConditionType.StorageResized;
        }
        if (capability.equals(Accounts.PASSWORD) || capability.equals(Accounts.CREDENTIALS) && served) {
            return ConditionType.PasswordSynced;
        }
        if (BESIDE.contains(capability)) {
            return observed.deleting() ? ConditionType.Ready : ConditionType.SpecApplied;
        }
        boolean unreachable = capability.equals(Serving.SERVICE)
                && observed.child(V1Service.class, Names.server(observed.name())) == null;
        return served && !unreachable ? ConditionType.SpecApplied : ConditionType.Ready;
    }

    private static Reason reason(Setback setback) {
        return switch (setback.cause()) {
            case CONFLICT -> Reason.Conflict;
            case REFUSED -> isGrowth(setback) ? Reason.ExpansionRefused : Reason.Refused;
            case FAILED -> Reason.WriteFailed;
        };
    }

    private static String message(Setback setback) {
        String what = switch (setback.cause()) {
            case CONFLICT ->
                setback.object()
                        + " exists and is not this MySQL's: it is left alone; rename or delete it, or give this"
                        + " MySQL another name";
            case REFUSED -> "the API server refuses " + setback.object() + ": " + setback.words();
            case FAILED -> "the API server fails to write " + setback.object() + ": " + setback.words();
        };
        return isGrowth(setback)
                ? what + "; the database goes on with the size it has. Set allowVolumeExpansion: true on"
                        + " the StorageClass if its driver can, or see \"A volume that can't grow\" in"
                        + " docs/operations.md; it is tried again every few minutes"
                : what;
    }

    private static boolean isGrowth(Setback setback) {
        return GROWTH.contains(setback.capability());
    }
}
