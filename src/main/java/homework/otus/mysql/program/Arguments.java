package homework.otus.mysql.program;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A Job's arguments, each as {@code --key=value}. */
public final class Arguments {
    private final Map<String, String> values = new HashMap<>();

    /** @throws JobFailure {@link FailureReason#InvalidArgument} */
    public static Arguments parse(String[] args, Set<String> keys) throws JobFailure {
        Arguments arguments = new Arguments();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            String key = arg.startsWith("--") && equals > 2 ? arg.substring(2, equals) : "";
            if (!keys.contains(key)) {
                throw invalid("There is no argument " + arg + "; there are --"
                        + String.join("=, --", keys.stream().sorted().toList()) + "=.");
            }
            if (arguments.values.put(key, arg.substring(equals + 1)) != null) {
                throw invalid("Argument --" + key + " is given twice.");
            }
        }
        return arguments;
    }

    /** What {@link #parse} reads again: {@code --key=value}, in the map's order; those without a value are left out. */
    public static List<String> format(Map<String, @Nullable Object> values) {
        return values.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    public String text(String key) throws JobFailure {
        String value = optionalText(key);
        if (value == null) {
            throw invalid("Argument --" + key + "= is missing.");
        }
        return value;
    }

    /** The value; null where the argument is absent or empty. */
    @Nullable
    public String optionalText(String key) {
        String value = values.get(key);
        return value == null || value.isEmpty() ? null : value;
    }

    /** What may be part of a directory's name: a Kubernetes uid or name is. */
    public String word(String key) throws JobFailure {
        String value = text(key);
        if (!value.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,127}")) {
            throw invalid("Argument --" + key + "=" + value + " may hold letters, digits, dots and dashes alone.");
        }
        return value;
    }

    /** A host's name, or its address. */
    public String address(String key) throws JobFailure {
        String value = text(key);
        return value.matches("[0-9A-Fa-f:]+") ? value : word(key);
    }

    public Path path(String key) throws JobFailure {
        try {
            return Path.of(text(key)).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw invalid("Argument --" + key + " is not a path: " + e.getMessage());
        }
    }

    public int positive(String key) throws JobFailure {
        String value = text(key);
        if (!value.matches("[1-9][0-9]{0,5}")) {
            throw invalid("Argument --" + key + "=" + value + " is not a number of at least 1.");
        }
        return Integer.parseInt(value);
    }

    /** As {@link #positive}, but it may be large. */
    public long positiveLong(String key) throws JobFailure {
        String value = text(key);
        if (!value.matches("[1-9][0-9]{0,17}")) {
            throw invalid("Argument --" + key + "=" + value + " is not a number of at least 1.");
        }
        return Long.parseLong(value);
    }

    /** One of these words. */
    public String oneOf(String key, List<String> words) throws JobFailure {
        String value = text(key);
        if (!words.contains(value)) {
            throw invalid("Argument --" + key + "=" + value + " is none of " + String.join(", ", words) + ".");
        }
        return value;
    }

    /** One of the constants, as {@link #word} writes it. */
    public <E extends Enum<E>> E oneOf(String key, Class<E> constants) throws JobFailure {
        String word = oneOf(
                key,
                Arrays.stream(constants.getEnumConstants()).map(Arguments::word).toList());
        return Enum.valueOf(constants, word.toUpperCase(Locale.ROOT));
    }

    /** A constant as it is in an argument: in lower case. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static JobFailure invalid(String message) {
        return new JobFailure(FailureReason.InvalidArgument, message);
    }
}
