package homework.otus.mysql.program;

import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one complete archive: what a Job answers, and worth keeping where the archive itself is out of reach.
 *
 * @param id who asked for the archive, as given to the backup Job (the MySQL object's uid)
 * @param directory its name on the backup volume, as in {@code 20261121T035200Z-<id>}
 * @param serverVersion of the server that last served the data, as in {@code 9.7.4}; null if unknown
 * @param serverImage that server's image
 * @param bytes the sum of the files' sizes
 * @param files how many files, directories not counted
 * @param archiveBytes the size of the compressed archive
 * @param sha256 of the compressed archive
 */
public record ArchiveRecord(
        String id,
        String directory,
        @Nullable String serverVersion,
        String serverImage,
        long bytes,
        long files,
        long archiveBytes,
        String sha256,
        Instant startedAt,
        Instant completedAt) {

    /** One line of JSON, the fields named as here. */
    public String toJson() {
        return writeTo(new JsonFields()).toLine();
    }

    /**
     * Reads what {@link #toJson} writes; fields that aren't known are passed over.
     *
     * @throws IOException if the text is no such JSON
     */
    public static ArchiveRecord parse(String json) throws IOException {
        return readFrom(JsonFields.parse(json));
    }

    public JsonFields writeTo(JsonFields json) {
        return json.with("id", id)
                .with("directory", directory)
                .with("serverVersion", serverVersion)
                .with("serverImage", serverImage)
                .with("bytes", bytes)
                .with("files", files)
                .with("archiveBytes", archiveBytes)
                .with("sha256", sha256)
                .with("startedAt", startedAt)
                .with("completedAt", completedAt);
    }

    public static ArchiveRecord readFrom(JsonFields json) throws IOException {
        return new ArchiveRecord(
                json.string("id"),
                json.string("directory"),
                json.optionalString("serverVersion"),
                json.string("serverImage"),
                json.natural("bytes"),
                json.natural("files"),
                json.natural("archiveBytes"),
                json.string("sha256"),
                json.instant("startedAt"),
                json.instant("completedAt"));
    }
}
