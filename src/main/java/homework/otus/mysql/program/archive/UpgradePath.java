package homework.otus.mysql.program.archive;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a server may open the data directory of another version. The rules are those of the MySQL Reference Manual:
 * chapter <a href="https://dev.mysql.com/doc/refman/9.7/en/upgrade-paths.html">Upgrade Paths</a> (in place; no bugfix
 * or LTS series may be skipped; an Innovation release goes to a later one or the next LTS; 5.7 only to 8.0),
 * <a href="https://dev.mysql.com/doc/refman/26.10/en/upgrade-paths.html">its rules for calendar versions</a> (they are
 * entered from 9.7 LTS alone), and <a href="https://dev.mysql.com/doc/refman/9.7/en/downgrading.html">Downgrading
 * MySQL</a> (in place only within an LTS series, and in 8.0 from 8.0.35 on).
 *
 * <p>The manual wants a clean shutdown before some steps up; a data directory doesn't tell how its server ended, so
 * that is left to the server, which refuses to start and changes nothing.
 *
 * @param allowed whether the server may be started on the directory
 * @param sentence for a user: names both versions, and where refused says why
 */
public record UpgradePath(boolean allowed, String sentence) {
    /** A series of bugfix or long-term releases: none of them may be jumped over. */
    private record Series(int major, int minor, int downgradesFromPatch) {
        boolean isBetween(ServerVersion low, ServerVersion high) {
            return compare(low) < 0 && compare(high) > 0;
        }

        boolean holds(ServerVersion version) {
            return compare(version) == 0;
        }

        private int compare(ServerVersion version) {
            int byMajor = Integer.compare(version.major(), major);
            return byMajor != 0 ? byMajor : Integer.compare(version.minor(), minor);
        }
    }

    private static final int NEVER = Integer.MAX_VALUE;

    /** 28.4 is announced as the LTS after 9.7. */
    private static final List<Series> LASTING = List.of(
            new Series(5, 7, NEVER),
            new Series(8, 0, 35),
            new Series(8, 4, 0),
            new Series(9, 7, 0),
            new Series(28, 4, 0));

    private static final ServerVersion OLDEST = new ServerVersion(5, 7, 9, false);

    /**
     * May a server of version {@code server} open a data directory of version {@code directory}?
     *
     * @param directory the version that last served the directory; null if unknown
     * @param server the version that would serve it; null if unknown
     */
    public static UpgradePath between(@Nullable ServerVersion directory, @Nullable ServerVersion server) {
        if (directory == null || server == null) {
            return allowed("The data directory's MySQL version is " + orUnknown(directory) + " and the server's is "
                    + orUnknown(server) + "; it was not checked whether they fit.");
        }
        if (directory.equals(server)) {
            return allowed("The data directory and the server are both of version " + server + ".");
        }
        if (directory.mariaDb() || server.mariaDb()) {
            return refused(directory, server, "MariaDB's data directories open in the same version of MariaDB alone");
        }
        return directory.compareTo(server) < 0 ? up(directory, server) : down(directory, server);
    }

    private static UpgradePath up(ServerVersion directory, ServerVersion server) {
        if (directory.isSameSeries(server)) {
            return allowed("MySQL " + directory + " is upgraded in place to " + server + ".");
        }
        if (directory.compareTo(OLDEST) < 0) {
            return refused(directory, server, "versions before " + OLDEST + " can't be upgraded in place");
        }
        for (Series series : LASTING) {
            if (series.isBetween(directory, server)) {
                return refused(
                        directory,
                        server,
                        "MySQL can't skip the " + series.major() + "." + series.minor()
                                + " series: serve it with that version first");
            }
        }
        return allowed("MySQL " + directory + " is upgraded in place to " + server + ".");
    }

    private static UpgradePath down(ServerVersion directory, ServerVersion server) {
        boolean within = directory.isSameSeries(server)
                && LASTING.stream()
                        .anyMatch(series -> series.holds(server) && server.patch() >= series.downgradesFromPatch());
        return within
                ? allowed("MySQL " + directory + " is downgraded in place to " + server
                        + ", within one long-term series.")
                : refused(directory, server, "MySQL doesn't open the data directory of a later version");
    }

    private static String orUnknown(@Nullable ServerVersion version) {
        return version == null ? "unknown" : version.toString();
    }

    private static UpgradePath allowed(String sentence) {
        return new UpgradePath(true, sentence);
    }

    private static UpgradePath refused(ServerVersion directory, ServerVersion server, String why) {
        return new UpgradePath(
                false, "A data directory of MySQL " + directory + " can't be served by " + server + ", because " + why);
    }
}
