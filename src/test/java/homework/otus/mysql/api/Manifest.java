package homework.otus.mysql.api;

import java.util.HashMap;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** A MySQL as a user writes it down, right or wrong. */
record Manifest(String name, Map<String, Object> spec) {

    static Manifest valid() {
        return new Manifest(
                "mysql-instance",
                Map.of(
                        "image", "mysql:9.7",
                        "database", "otus-database",
                        "password", "otuspassword",
                        "storage_size", "1Gi"));
    }

    Manifest named(String name) {
        return new Manifest(name, spec);
    }

    Manifest with(String field, Object value) {
        var changed = new HashMap<>(spec);
        changed.put(field, value);
        return new Manifest(name, changed);
    }

    Manifest without(String field) {
        var changed = new HashMap<>(spec);
        changed.remove(field);
        return new Manifest(name, changed);
    }

    String yaml() {
        return new Yaml()
                .dump(Map.of(
                        "apiVersion",
                        MySQL.API_VERSION,
                        "kind",
                        MySQL.KIND,
                        "metadata",
                        Map.of("name", name),
                        "spec",
                        spec));
    }
}
