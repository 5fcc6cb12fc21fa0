package homework.otus.mysql.database;

import static java.util.Objects.requireNonNullElse;

import homework.otus.mysql.api.BackupRecord;
import homework.otus.mysql.api.Binding;
import homework.otus.mysql.api.Condition;
import homework.otus.mysql.api.ConditionType;
import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.api.MySQLStatus;
import homework.otus.mysql.child.Names;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.server.SpecFinding;
import homework.otus.mysql.step.Finding;
import homework.otus.mysql.step.Notice;
import homework.otus.mysql.step.Phase;
import homework.otus.mysql.step.Reason;
import homework.otus.mysql.step.Setback;
import io.kubernetes.client.openapi.models.V1Secret;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The one owner of {@code status}. */
public final class StatusProjector {
    private static final MySQLStatus NONE = new MySQLStatus(null, null, null, null, null, null);

    private StatusProjector() {}

    /** @param setbacks what the API server did not take */
    public static Projection project(Observed observed, Plan plan, List<Setback> setbacks) {
        MySQLStatus old = requireNonNullElse(observed.mysql().getStatus(), NONE);
        Map<ConditionType, Finding> findings = findings(observed, plan, setbacks);
        Finding ready = Objects.requireNonNull(findings.get(ConditionType.Ready), "every plan tells of Ready");

        String now = observed.now().truncatedTo(ChronoUnit.SECONDS).toString();
        List<Condition> conditions = new ArrayList<>();
        List<Notice> notices = new ArrayList<>();
        for (ConditionType type : ConditionType.values()) {
            Condition before = find(old, type);
            Finding finding = findings.get(type);
            if (finding == null) {
                if (before != null && keeps(before, type)) {
                    conditions.add(before);
                }
                continue;
            }
            Condition after = condition(finding, before, now, observed.generation());
            conditions.add(after);
            if (before == null
                    || !before.status().equals(after.status())
                    || !before.reason().equals(after.reason())
                    || finding.reason().warns() && !before.message().equals(after.message())) {
                notices.add(new Notice(finding.reason(), finding.message()));
            }
        }
        BackupRecord record = observed.backup().record();
        MySQLStatus status = new MySQLStatus(
                observed.generation(),
                message(findings.values(), ready, plan),
                observed.server().ready() && observed.server().image() != null
                        ? observed.server().image()
                        : old.image(),
                record == null ? old.lastBackup() : record,
                conditions,
                binding(observed, plan, setbacks, old));
        return new Projection(status, !status.equals(old), distinct(notices));
    }

    /** One for each condition. What was not taken is told first, then what the plan tells. */
    private static Map<ConditionType, Finding> findings(Observed observed, Plan plan, List<Setback> setbacks) {
        Map<ConditionType, Finding> findings = new LinkedHashMap<>();
        SetbackFindings.of(observed, setbacks).forEach(finding -> findings.put(finding.type(), finding));
        plan.findings().stream()
                .sorted(Comparator.comparing(Finding::type))
                .forEach(finding -> findings.putIfAbsent(finding.type(), finding));
        return findings;
    }

    /** Whether an operator is restarting it for its own sake, as far as its status tells. */
    public static boolean restarting(MySQL mysql) {
        Condition spec = find(requireNonNullElse(mysql.getStatus(), NONE), ConditionType.SpecApplied);
        return spec != null && SpecFinding.tellsRestart(spec);
    }

    /**
     * Where the MySQL or one of its children can't be read: nothing is known of it, and nothing done.
     *
     * @param mysql an outline: its spec is not what the user asked for
     */
    public static Projection unreadable(MySQL mysql, List<String> problems, Instant now) {
        MySQLStatus old = requireNonNullElse(mysql.getStatus(), NONE);
        Long generation = requireNonNullElse(mysql.getMetadata().getGeneration(), 0L);
        Condition before = find(old, ConditionType.Ready);
        Condition ready = condition(
                Finding.no(
                        ConditionType.Ready,
                        Reason.Unreadable,
                        "the operator can't read this, and leaves all of "
                                + mysql.getMetadata().getName() + " as it is until it is corrected or deleted: "
                                + String.join("; ", problems)),
                before,
                now.truncatedTo(ChronoUnit.SECONDS).toString(),
                generation);
        List<Condition> conditions = Stream.concat(
                        Stream.of(ready), old.conditionsOrEmpty().stream().filter(condition -> condition != before))
                .toList();
        MySQLStatus status =
                new MySQLStatus(generation, ready.message(), old.image(), old.lastBackup(), conditions, old.binding());
        boolean news = before == null || !before.message().equals(ready.message());
        return new Projection(
                status,
                !status.equals(old),
                news ? List.of(new Notice(Reason.Unreadable, ready.message())) : List.of());
    }

    /** A plan that starts a server makes the Secret first: told with the start, it costs no write of its own. */
    private static @Nullable Binding binding(Observed observed, Plan plan, List<Setback> setbacks, MySQLStatus old) {
        boolean made = observed.child(V1Secret.class, Names.binding(observed.name())) != null
                || plan.phase() == Phase.STARTING && setbacks.isEmpty();
        return made ? new Binding(Names.binding(observed.name())) : old.binding();
    }

    /** While the database serves, a failed change takes precedence in the message. */
    private static String message(Collection<Finding> findings, Finding ready, Plan plan) {
        if (plan.phase() != Phase.SERVING || ready.value() != Finding.Value.True) {
            return ready.message();
        }
        return findings.stream()
                .filter(finding -> finding.value() == Finding.Value.False
                        && finding.reason().warns())
                .findFirst()
                .or(() -> findings.stream()
                        .filter(finding -> finding.reason() == Reason.PasswordChanged)
                        .findFirst())
                .orElse(ready)
                .message();
    }

    /** What a Job told stays told when the Job is gone; the other conditions, and what has failed, speak of the present. */
    private static boolean keeps(Condition before, ConditionType type) {
        return (type == ConditionType.Restored || type == ConditionType.BackupSucceeded)
                && !SetbackFindings.tells(before)
                && !before.reason().equals(Reason.RestoreFailed.name());
    }

    private static Condition condition(Finding finding, @Nullable Condition before, String now, long generation) {
        return new Condition(
                finding.type().name(),
                finding.value().name(),
                generation,
                before != null && before.status().equals(finding.value().name()) ? before.lastTransitionTime() : now,
                finding.reason().name(),
                finding.message());
    }

    private static @Nullable Condition find(MySQLStatus status, ConditionType type) {
        return status.conditionsOrEmpty().stream()
                .filter(condition -> type.name().equals(condition.type()))
                .findFirst()
                .orElse(null);
    }

    private static List<Notice> distinct(List<Notice> notices) {
        Set<Reason> seen = new LinkedHashSet<>();
        return notices.stream().filter(notice -> seen.add(notice.reason())).toList();
    }
}
