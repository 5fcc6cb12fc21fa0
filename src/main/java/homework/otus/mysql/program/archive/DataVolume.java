package homework.otus.mysql.program.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import homework.otus.mysql.program.ArchiveRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The volume that holds a data directory: {@code mysql/} (the directory itself), {@code server-version} (what
 * {@code mysqld --version} of the last server printed before it was started), {@code restored-from.json} (the archive it came from).
 */
record DataVolume(Path root) {
    /** Unpacked but not published yet. */
    static final String RESTORING = ".restoring-";
    /** Being made by {@code mysqld --initialize}. */
    static final String INITIALISING = ".initialising";

    private static final long LARGEST_NOTE = 1 << 20;

    Path directory() {
        return root.resolve("mysql");
    }

    Path marker() {
        return root.resolve("restored-from.json");
    }

    Path version() {
        return root.resolve("server-version");
    }

    /** Of this run alone: one that was taken for dead may still be about to publish what it has written. */
    Path staging(String id) {
        return root.resolve(RESTORING + id + "-" + UUID.randomUUID());
    }

    /**
     * The version that last opened the data, as far as its files tell. MySQL writes its own notes once it has opened,
     * initialised or upgraded the directory; {@code server-version} is written before a server has tried to, so it is
     * taken only where there are no such notes.
     */
    Optional<ServerVersion> serverVersion() {
        return ServerVersion.parse(newestUpgrade(read(directory().resolve("mysql_upgrade_history"))))
                .or(() -> ServerVersion.parse(read(directory().resolve("mysql_upgrade_info"))))
                .or(() -> ServerVersion.parse(read(version())));
    }

    /** The archive that the data directory was restored from, where a marker says so. */
    @Nullable
    ArchiveRecord restoredFrom() {
        String json = read(marker());
        try {
            return json == null ? null : ArchiveRecord.parse(json);
        } catch (IOException unreadable) {
            return null;
        }
    }

    /** A small file's text; null where it can't be read: what it says is good to know, never needed. */
    private static @Nullable String read(Path file) {
        try {
            boolean small = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) < LARGEST_NOTE;
            return small ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : null;
        } catch (IOException unreadable) {
            return null;
        }
    }

    /** MySQL appends to its history, so that the last version named is the newest. */
    private static @Nullable String newestUpgrade(@Nullable String history) {
        String version = null;
        if (history != null) {
            try (JsonParser parser = new JsonFactory().createParser(history)) {
                for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    if (token == JsonToken.VALUE_STRING && "version".equals(parser.currentName())) {
                        version = parser.getText();
                    }
                }
            } catch (IOException unreadable) {
                return version;
            }
        }
        return version;
    }
}
