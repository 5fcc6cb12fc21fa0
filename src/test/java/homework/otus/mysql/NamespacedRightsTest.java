package homework.otus.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Where the operator's ClusterRole is bound in single namespaces, it has to be enough there. */
class NamespacedRightsTest {
    private static final Path BASE = Path.of("kustomize/base/rbac/cluster-role.yaml");
    /** What has no namespace has to be granted for the whole cluster by the component itself. */
    private static final Path COMPONENT = Path.of("kustomize/components/namespaced/cluster-role.yaml");

    /** A namespace itself is asked for as something in that namespace. */
    private static final Set<String> NAMESPACED = Set.of(
            "mysqls",
            "mysqls/status",
            "mysqls/finalizers",
            "persistentvolumeclaims",
            "secrets",
            "services",
            "deployments",
            "replicasets",
            "pods",
            "jobs",
            "jobs/status",
            "namespaces",
            "events");

    @Test
    void whatHasNoNamespaceIsGrantedByTheComponent() throws IOException {
        Set<String> granted = Files.exists(COMPONENT) ? rulesWithoutNamespace(COMPONENT) : Set.of();

        assertThat(granted).isEqualTo(rulesWithoutNamespace(BASE));
    }

    /** Each as {@code group/resource verb}. */
    private static Set<String> rulesWithoutNamespace(Path file) throws IOException {
        Set<String> rules = new TreeSet<>();
        for (Object document : new Yaml().loadAll(Files.readString(file))) {
            Map<?, ?> object = (Map<?, ?>) document;
            for (Object rule : list(object, "rules")) {
                for (Object resource : list(rule, "resources")) {
                    if (!NAMESPACED.contains(resource.toString())) {
                        list(rule, "verbs")
                                .forEach(verb -> rules.add(list(rule, "apiGroups") + "/" + resource + " " + verb));
                    }
                }
            }
        }
        return rules;
    }

    private static Collection<?> list(Object object, String field) {
        Object value = ((Map<?, ?>) object).get(field);
        return value == null ? Set.of() : (Collection<?>) value;
    }
}
