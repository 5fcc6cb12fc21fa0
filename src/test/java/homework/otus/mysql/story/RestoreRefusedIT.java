package homework.otus.mysql.story;

import static homework.otus.mysql.story.BackupFailureIT.flipAByte;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.Database.Condition;
import homework.otus.mysql.testing.Node;
import homework.otus.mysql.testing.OnInstalledOperator;
import homework.otus.mysql.testing.ThrowawayNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;

/** A backup that can't be restored is never replaced by an empty database: the object says why, and how to go on. */
@OnInstalledOperator
class RestoreRefusedIT {
    @RegisterExtension
    static final ThrowawayNamespace NAMESPACE = new ThrowawayNamespace();

    @Test
    @Execution(CONCURRENT)
    void aDamagedArchiveIsRefusedUntilItIsRepaired() throws IOException {
        Database database = deletedWithRow("repaired");
        Path archive = archive(database);
        flipAByte(archive);
        Condition condition = database.create().awaitReason("Ready", "RestoreFailed");
        assertThat(condition.status()).isEqualTo("False");
        assertThat(condition.message()).contains(archive.getFileName().toString(), ".damaged-");
        assertThat(database.condition("Restored").status()).isEqualTo("False");
        assertThat(database.events()).contains("RestoreFailed: " + condition.message());
        assertThat(database.read("deployment/repaired", "{.metadata.name}")).isEmpty();

        flipAByte(archive);
        tryAgain(database);
        assertThat(database.awaitReady().rows()).containsExactly("kept");
    }

    @Test
    @Execution(CONCURRENT)
    void aDamagedArchiveIsRefusedUntilItIsMovedAway() throws IOException {
        Database database = deletedWithRow("moved");
        Path older = archive(database);
        database.create()
                .awaitReady()
                .insert("lost with the newer archive")
                .delete()
                .awaitGone();
        Path newer = newest(database);
        assertThat(newer).isNotEqualTo(older);
        flipAByte(newer);
        assertThat(database.create().awaitReason("Ready", "RestoreFailed").message())
                .contains(newer.getFileName().toString(), older.getFileName().toString());

        Files.move(newer, newer.resolveSibling(".damaged-" + newer.getFileName()));
        // Nobody deletes the Job: it is tried again all the same.
        assertThat(database.awaitReady().rows()).containsExactly("kept");
    }

    @Test
    @Execution(CONCURRENT)
    void aDatabaseWhoseRestoreFailsIsDeletedAndItsArchiveStays() throws IOException {
        Database database = deletedWithRow("deleted");
        Path archive = archive(database);
        flipAByte(archive);
        database.create().awaitReason("Ready", "RestoreFailed");
        String before = Node.digest(archive);
        database.delete().awaitGone();
        assertThat(Node.digest(archive.getParent()))
                .contains(before.lines().map(line -> line.substring(0, 64)).toList());
        flipAByte(archive);
        assertThat(database.create().awaitReady().rows()).containsExactly("kept");
    }

    @Test
    @Execution(CONCURRENT)
    void anArchiveOfANewerServerIsRefused() throws IOException {
        Database database = deletedWithRow("newer");
        Path archive = archive(database);
        String version = setServerVersion(archive, "97.1.0");
        assertThat(database.create().awaitReason("Ready", "RestoreFailed").message())
                .contains("97.1.0", version, "spec.image");

        setServerVersion(archive, version);
        tryAgain(database);
        assertThat(database.awaitReady().rows()).containsExactly("kept");
    }

    @Test
    @Execution(CONCURRENT)
    void anArchiveThatDoesNotFitWaitsForALargerVolume() {
        Database large = Database.in(NAMESPACE.kubectl(), "large").withSize("1Gi");
        large.create().awaitReady().insert("kept");
        large.sql("CREATE TABLE filler (data LONGBLOB); INSERT INTO filler VALUES (REPEAT('x', 32 << 20))");
        for (int i = 0; i < 3; i++) {
            large.sql("INSERT INTO filler SELECT * FROM filler");
        }
        large.delete().awaitGone();

        Database small = large.withSize("400Mi").create();
        assertThat(small.awaitReason("Ready", "RestoreFailed").message()).contains("too small", "storage_size");
        small.patch("{\"spec\":{\"storage_size\":\"1Gi\"}}");
        assertThat(small.awaitReady().rows()).containsExactly("kept");
        assertThat(small.read("pvc/" + small.dataClaim(), "{.status.capacity.storage}"))
                .isEqualTo("1Gi");
    }

    /** Writes the manifest anew, its sum too, and returns the version that was in it. */
    private static String setServerVersion(Path archive, String version) throws IOException {
        Path manifest = archive.resolve("manifest.json");
        String json = Files.readString(manifest);
        String before = json.replaceFirst("(?s).*\"serverVersion\" ?: ?\"([^\"]+)\".*", "$1");
        assertThat(before).matches("\\d+\\.\\d+\\.\\d+");
        String after = json.replace('"' + before + '"', '"' + version + '"');
        Files.writeString(manifest, after);
        Path sums = archive.resolve("SHA256SUMS");
        Files.writeString(sums, Files.readString(sums).replace(sha256(json), sha256(after)));
        return before;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static Database deletedWithRow(String name) {
        Database database = Database.in(NAMESPACE.kubectl(), name);
        return database.create().awaitReady().insert("kept").delete().awaitGone();
    }

    private static Path archive(Database database) {
        return Node.awaitFile(Node.volume(database.kubectl(), database.backupClaim()), "20");
    }

    private static Path newest(Database database) throws IOException {
        try (var files = Files.list(archive(database).getParent())) {
            return files.max(Comparator.naturalOrder()).orElseThrow();
        }
    }

    private static void tryAgain(Database database) {
        database.kubectl().run("delete", "job", database.restoreJob()).orFail();
    }
}
