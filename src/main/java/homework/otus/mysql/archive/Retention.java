package homework.otus.mysql.archive;

import homework.otus.mysql.job.ArchiveRecord;
import homework.otus.mysql.job.JobFailure;
import homework.otus.mysql.job.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Which archives go: of one MySQL object's complete ones, the oldest. Damaged and foreign ones are left to people. */
final class Retention {
    private final Path backups;
    private final String namespace;
    private final String name;
    private final Debris debris;
    private final Progress progress;

    Retention(Path backups, String namespace, String name, Debris debris, Progress progress) {
        this.backups = backups;
        this.namespace = namespace;
        this.name = name;
        this.debris = debris;
        this.progress = progress;
    }

    /** Removes all but the newest {@code keep}, and never the one that was just proven. */
    void keepNewest(int keep, ArchiveRecord proven) throws IOException {
        List<Archives.Complete> complete = complete();
        for (Archives.Complete archive : complete.subList(Math.min(keep, complete.size()), complete.size())) {
            if (!archive.directory().equals(proven.directory())) {
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
        List<Archives.Complete> complete = complete();
        for (Archives.Complete newer : complete.subList(0, Math.max(0, complete.size() - 1))) {
            try {
                new ArchiveDirectory(backups.resolve(newer.directory())).verify(progress);
            } catch (JobFailure damaged) {
                progress.say(String.valueOf(damaged.getMessage()));
                continue;
            }
            remove(complete.get(complete.size() - 1));
            return true;
        }
        return false;
    }

    private List<Archives.Complete> complete() throws IOException {
        return Archives.list(backups).stream()
                .filter(Archives.Complete.class::isInstance)
                .map(Archives.Complete.class::cast)
                .filter(archive -> archive.manifest().isOf(namespace, name))
                .toList();
    }

    private void remove(Archives.Complete archive) throws IOException {
        progress.say("Removing the older archive " + archive.directory());
        debris.remove(backups.resolve(archive.directory()));
    }
}
