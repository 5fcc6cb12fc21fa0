package homework.otus.mysql.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import homework.otus.mysql.testing.AuditLog;
import homework.otus.mysql.testing.AuditLog.Call;
import homework.otus.mysql.testing.Cluster;
import homework.otus.mysql.testing.InstalledOperator;
import homework.otus.mysql.testing.OnInstalledOperator;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The operator may do what it does, and nothing else. Runs after all other tests, for it looks at what they made the
 * operator do; alone it fails.
 */
@Isolated
@Order(Integer.MAX_VALUE)
@OnInstalledOperator
class RbacIT {
    /** Asked for by an admission plug-in that looks whether an owner may be named: no requests of their own. */
    private static final Set<Permission> NAMES_OWNERS = Set.of(
            new Permission("otus.homework", "mysqls/finalizers", "update", Scope.ALL_NAMESPACES),
            new Permission("", "secrets", "delete", Scope.ALL_NAMESPACES),
            new Permission("", "services", "delete", Scope.ALL_NAMESPACES));

    enum Scope {
        ALL_NAMESPACES,
        OWN_NAMESPACE
    }

    private record Permission(String group, String resource, String verb, Scope scope)
            implements Comparable<Permission> {
        @Override
        public int compareTo(Permission other) {
            return toString().compareTo(other.toString());
        }

        boolean covers(Call call) {
            return call.verb().equals(verb)
                    && call.group().equals(group)
                    && call.resource().equals(resource)
                    && (scope == Scope.ALL_NAMESPACES || call.namespace().equals(InstalledOperator.NAMESPACE));
        }
    }

    @Test
    void everyPermissionIsUsedAndNoneIsMissing() {
        Instant start =
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        List<Call> calls = AuditLog.ofOperator(start);
        assertThat(calls).isNotEmpty();
        assertThat(calls).filteredOn(call -> !call.authorized()).isEmpty();

        Set<Permission> unused = granted().stream()
                .filter(permission -> calls.stream().noneMatch(permission::covers))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(unused).containsExactlyInAnyOrderElementsOf(NAMES_OWNERS);
    }

    private static Set<Permission> granted() {
        Set<Permission> granted = new TreeSet<>();
        add(granted, "clusterrole", Scope.ALL_NAMESPACES);
        add(granted, "role", Scope.OWN_NAMESPACE);
        return granted;
    }

    private static void add(Set<Permission> granted, String kind, Scope scope) {
        String json = Cluster.current()
                .kubectl("--namespace", InstalledOperator.NAMESPACE)
                .run("get", kind, "mysql-operator", "--output=json")
                .orFail();
        for (JsonElement element : new Gson().fromJson(json, JsonObject.class).getAsJsonArray("rules")) {
            JsonObject rule = element.getAsJsonObject();
            for (String group : strings(rule, "apiGroups")) {
                for (String resource : strings(rule, "resources")) {
                    for (String verb : strings(rule, "verbs")) {
                        granted.add(new Permission(group, resource, verb, scope));
                    }
                }
            }
        }
    }

    private static List<String> strings(JsonObject rule, String field) {
        return rule.getAsJsonArray(field).asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }
}
