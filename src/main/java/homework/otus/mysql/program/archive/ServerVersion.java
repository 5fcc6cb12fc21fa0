package homework.otus.mysql.program.archive;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server's version. What distributions and vendors append (Debian's {@code -1}, Percona's {@code -28}) is left out,
 * for the format of a data directory doesn't depend on it.
 *
 * @param mariaDb MariaDB, whose numbers and data directories are its own
 */
public record ServerVersion(int major, int minor, int patch, boolean mariaDb) implements Comparable<ServerVersion> {
    private static final Pattern AFTER_VER = Pattern.compile("\\bVer\\s+(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})");
    private static final Pattern ANYWHERE = Pattern.compile("\\b(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})");
    private static final Comparator<ServerVersion> ORDER = Comparator.comparingInt(ServerVersion::major)
            .thenComparingInt(ServerVersion::minor)
            .thenComparingInt(ServerVersion::patch);

    /**
     * Reads what {@code mysqld --version} prints, or a bare version.
     *
     * @return empty where there is no text, or no version in it
     */
    public static Optional<ServerVersion> parse(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        for (Pattern pattern : new Pattern[] {AFTER_VER, ANYWHERE}) {
            Matcher matcher = pattern.matcher(text);
            if (matcher.find()) {
                return Optional.of(new ServerVersion(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        Integer.parseInt(matcher.group(3)),
                        text.contains("MariaDB")));
            }
        }
        return Optional.empty();
    }

    boolean isSameSeries(ServerVersion other) {
        return mariaDb == other.mariaDb && major == other.major && minor == other.minor;
    }

    @Override
    public int compareTo(ServerVersion other) {
        return ORDER.compare(this, other);
    }

    /** As in {@code 9.7.4}. */
    @Override
    public String toString() {
        return major + "." + minor + "." + patch + (mariaDb ? "-MariaDB" : "");
    }
}
