package homework.otus.mysql.program.archive;

import homework.otus.mysql.program.ArchiveRecord;
import homework.otus.mysql.program.JobFailure;
import homework.otus.mysql.program.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which archives go: of the complete ones that the data at hand descends from, the oldest. Archives of other data, foreign
 * and damaged ones are left to people. The newest that served always stays, for those after it may be of servers that
 * never worked.
 */
final class Retention {
    private final Path backups;
    private final Lineage lineage;
    private final Debris debris;
    private final Progress progress;
    private final List<String> removed = new ArrayList<>();

    Retention(Path backups, Lineage lineage, Debris debris, Progress progress) {
        this.backups = backups;
        this.lineage = lineage;
        this.debris = debris;
        this.progress = progress;
    }

    /** Removes all but the newest {@code keep}, and never the one that was just proven. */
    void keepNewest(int keep, ArchiveRecord proven) throws IOException {
        List<Archives.Complete> line = line();
        Optional<Archives.Complete> newestServed = newestServed(line);
        for (Archives.Complete archive : line.subList(Math.min(keep, line.size()), line.size())) {
            if (!archive.directory().equals(proven.directory())
                    && !newestServed.filter(archive::equals).isPresent()) {
                remove(archive);
            }
        }
    }

    /**
     * Removes the oldest archive to make room, as long as a newer one is proven byte for byte.
     *
     * @return whether one was removed
     */
    boolean removeOldest() throws IOException {
        List<Archives.Complete> line = line();
        Optional<Archives.Complete> newestServed = newestServed(line);
        for (int oldest = line.size() - 1; oldest > 0; oldest--) {
            Archives.Complete archive = line.get(oldest);
            if (!newestServed.filter(archive::equals).isPresent()) {
                return removeWhereNewerIsProven(archive, line.subList(0, oldest));
            }
        }
        return false;
    }

    /** The directories of those that were removed. */
    List<String> removed() {
        return removed;
    }

    private boolean removeWhereNewerIsProven(Archives.Complete oldest, List<Archives.Complete> newer)
            throws IOException {
        for (Archives.Complete archive : newer) {
            try {
                new ArchiveDirectory(backups.resolve(archive.directory())).verify(progress);
            } catch (JobFailure damaged) {
                progress.say(String.valueOf(damaged.getMessage()));
                continue;
            }
            remove(oldest);
            return true;
        }
        return false;
    }

    /** An archive that doesn't say whether it served, may have. */
    private static Optional<Archives.Complete> newestServed(List<Archives.Complete> line) {
        return line.stream()
                .filter(archive -> !Objects.equals(archive.manifest().served(), false))
                .findFirst();
    }

    /** Newest first. */
    private List<Archives.Complete> line() throws IOException {
        return lineage.of(Archives.list(backups).stream()
                .filter(Archives.Complete.class::isInstance)
                .map(Archives.Complete.class::cast)
                .toList());
    }

    private void remove(Archives.Complete archive) throws IOException {
        progress.say("Removing the older archive " + archive.directory());
        debris.remove(backups.resolve(archive.directory()));
        removed.add(archive.directory());
    }
}
