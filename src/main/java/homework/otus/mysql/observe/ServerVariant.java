package homework.otus.mysql.observe;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Settings that are checked before the running server is stopped to change them.
 *
 * @param image of the server
 * @param config variables of {@code [mysqld]}, by their names with underscores
 */
public record ServerVariant(String image, SortedMap<String, String> config) {
    public ServerVariant(String image, Map<String, String> config) {
        this(image, new TreeMap<>(config));
    }

    /** As mysqld takes them. */
    public List<String> options() {
        return config.entrySet().stream().map(ServerVariant::option).toList();
    }

    /** A line for each variable, from which {@link #of} reads the configuration again. */
    public String configText() {
        return config.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("\n"));
    }

    public static ServerVariant of(String image, String configText) {
        TreeMap<String, String> config = new TreeMap<>();
        configText
                .lines()
                .filter(line -> line.contains("="))
                .forEach(line ->
                        config.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        return new ServerVariant(image, config);
    }

    private static String option(Map.Entry<String, String> variable) {
        return "--" + variable.getKey().replace('_', '-') + "=" + variable.getValue();
    }
}
