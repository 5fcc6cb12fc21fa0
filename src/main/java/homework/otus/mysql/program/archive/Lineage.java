package homework.otus.mysql.program.archive;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which archives the data on a volume descends from.
 *
 * @param namespace of the MySQL object
 * @param name of the MySQL object
 * @param dataClaimUid of the volume's claim
 * @param restoredFrom the directory of the archive that the data came from; null where it came from none
 */
record Lineage(
        String namespace,
        String name,
        String dataClaimUid,
        @Nullable String restoredFrom) {
    /**
     * Of the archives those of this very data, the one that it was restored from, and so on. Where an archive doesn't say
     * what it came from, as those of before that was recorded don't, the line ends.
     */
    List<Archives.Complete> of(List<Archives.Complete> archives) {
        Map<String, Archives.Complete> byDirectory = new HashMap<>();
        archives.forEach(archive -> byDirectory.put(archive.directory(), archive));
        Set<String> line = new HashSet<>();
        follow(restoredFrom, byDirectory, line);
        for (Archives.Complete archive : archives) {
            if (archive.manifest().dataClaimUid().equals(dataClaimUid)) {
                follow(archive.directory(), byDirectory, line);
            }
        }
        return archives.stream()
                .filter(archive -> line.contains(archive.directory()))
                .filter(archive -> archive.manifest().isOf(namespace, name))
                .toList();
    }

    private static void follow(@Nullable String from, Map<String, Archives.Complete> byDirectory, Set<String> line) {
        String directory = from;
        while (directory != null && line.add(directory)) {
            Archives.Complete archive = byDirectory.get(directory);
            directory = archive == null ? null : archive.manifest().restoredFrom();
        }
    }
}
