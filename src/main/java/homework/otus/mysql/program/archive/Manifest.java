package homework.otus.mysql.program.archive;

import homework.otus.mysql.program.ArchiveRecord;
import homework.otus.mysql.program.JsonFields;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An archive's {@code manifest.json}: of whom it is, what is in it, and the hashes that prove the rest.
 *
 * @param name of the MySQL object
 * @param mysqlUid of the MySQL object
 * @param dataClaimUid of the claim whose volume was archived
 * @param served a server became ready on this data and answered until it was stopped; null in archives of before that
 *     was recorded
 * @param restoredFrom the directory of the archive that the data came from; null where it came from none, and in archives
 *     of before that was recorded
 * @param archive what is known of the archive
 * @param dataBytes what a restore writes to the volume: {@code bytes} less the zeros that become holes
 * @param permissions of the data directory itself
 * @param fileListSha256 of the file list
 */
public record Manifest(
        String namespace,
        String name,
        String mysqlUid,
        String dataClaimUid,
        @Nullable Boolean served,
        @Nullable String restoredFrom,
        ArchiveRecord archive,
        long dataBytes,
        int permissions,
        String fileListSha256) {
    /** Raised when an older reader would get an archive wrong. */
    static final long FORMAT_VERSION = 1;

    String toJson() {
        JsonFields json = new JsonFields()
                .with("formatVersion", FORMAT_VERSION)
                .with("namespace", namespace)
                .with("name", name)
                .with("mysqlUid", mysqlUid)
                .with("dataClaimUid", dataClaimUid)
                .with("served", served)
                .with("restoredFrom", restoredFrom);
        return archive.writeTo(json)
                .with("dataBytes", dataBytes)
                .with("mode", FileRecord.mode(permissions))
                .with("fileListSha256", fileListSha256)
                .toText();
    }

    static Manifest parse(String text) throws IOException {
        JsonFields json = JsonFields.parse(text);
        long version = json.natural("formatVersion");
        if (version != FORMAT_VERSION) {
            throw new IOException("format version " + version + " is not known to this release of the operator");
        }
        Manifest manifest = new Manifest(
                json.string("namespace"),
                json.string("name"),
                json.string("mysqlUid"),
                json.string("dataClaimUid"),
                json.optionalBoolean("served"),
                json.optionalString("restoredFrom"),
                ArchiveRecord.readFrom(json),
                json.natural("dataBytes"),
                FileRecord.parseMode(json.string("mode")),
                json.string("fileListSha256"));
        if (!Sha256.isHex(manifest.fileListSha256) || !Sha256.isHex(manifest.archive.sha256())) {
            throw new IOException("a hash is not a SHA-256");
        }
        return manifest;
    }

    boolean isOf(String otherNamespace, String otherName) {
        return namespace.equals(otherNamespace) && name.equals(otherName);
    }
}
