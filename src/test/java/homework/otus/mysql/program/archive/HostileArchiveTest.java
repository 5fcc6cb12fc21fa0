package homework.otus.mysql.program.archive;

import static homework.otus.mysql.program.JobFailureAssert.assertFails;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import homework.otus.mysql.program.ArchiveRecord;
import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives made by somebody who knows the format, all hashes right. */
class HostileArchiveTest {
    private static final String MODE = "\"mode\":\"0644\"";

    private Volumes volumes;
    private Map<String, String> outside;
    private Path root;
    private final ByteArrayOutputStream tarBytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(tarBytes, "ISO-8859-1");
    private final StringBuilder list = new StringBuilder();
    private long bytes;
    private long files;

    @BeforeEach
    void prepare(@TempDir Path directory) throws IOException {
        root = directory;
        volumes = new Volumes(root);
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
        Files.writeString(root.resolve("victim"), "untouched");
    }

    private void inTar(String name, byte type, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
        entry.setSize(content.length);
        entry.setLinkName("../../victim");
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private void inList(String path, byte[] content) {
        inList(path, content.length, content);
    }

    private void inList(String path, long size, byte[] content) {
        list.append("{\"path\":\"" + path + "\",\"type\":\"file\"," + MODE + ",\"size\":" + size
                + ",\"mtime\":\"2026-11-21T00:00:00Z\",\"sha256\":\"" + Sha256.of(content) + "\"}\n");
        bytes += size;
        files++;
    }

    private void file(String name, String content) throws IOException {
        inTar(name, TarConstants.LF_NORMAL, content.getBytes(UTF_8));
        inList(name, content.getBytes(UTF_8));
    }

    private void directory(String name) throws IOException {
        inTar(name + "/", TarConstants.LF_DIR, new byte[0]);
        list.append("{\"path\":\"" + name + "\",\"type\":\"directory\",\"mode\":\"0755\"}\n");
    }

    /** Writes it as a backup would, with every hash right. */
    private void publish() throws IOException {
        tar.close();
        publish(tarBytes.toByteArray());
    }

    private void publish(byte[] tarContent) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (ZstdOutputStream zstd = new ZstdOutputStream(compressed)) {
            zstd.write(tarContent);
        }
        byte[] archive = compressed.toByteArray();
        String name = "20261121T120000Z-id-1";
        Path directory = Files.createDirectory(volumes.backups.resolve(name));
        Files.write(directory.resolve(ArchiveDirectory.ARCHIVE), archive);
        Files.writeString(directory.resolve(ArchiveDirectory.FILE_LIST), list);
        ArchiveRecord record = new ArchiveRecord(
                "id-1",
                name,
                "9.7.4",
                "mysql",
                bytes,
                files,
                archive.length,
                Sha256.of(archive),
                Volumes.NOON,
                Volumes.NOON);
        Manifest manifest = new Manifest(
                "default",
                "mysql-instance",
                "id-1",
                "c",
                true,
                null,
                record,
                0,
                0750,
                Sha256.of(list.toString().getBytes(UTF_8)));
        byte[] json = manifest.toJson().getBytes(UTF_8);
        Files.write(directory.resolve(ArchiveDirectory.MANIFEST), json);
        Files.writeString(directory.resolve(ArchiveDirectory.SUMS), ArchiveDirectory.sums(json, manifest));
        outside = Tree.of(root);
    }

    private org.assertj.core.api.AbstractStringAssert<?> assertRefused() throws IOException {
        var message = assertFails(FailureReason.Corrupt, volumes::restore);
        // What was written is within the staging directory, and that is gone.
        assertThat(Tree.of(root)).isEqualTo(outside);
        return message;
    }

    @Test
    void isAcceptedWhereItIsNotHostile() throws Exception {
        file("a", "1");
        directory("b");
        file("b/c", "2");
        publish();

        assertThat(volumes.restore().outcome()).isEqualTo(JobOutcome.Restored);
        assertThat(volumes.restored.resolve("mysql/b/c")).hasContent("2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../victim",
                "../../victim",
                "/tmp/victim",
                "a/../../victim",
                "..",
                ".",
                "./a",
                "%2E%2E/victim",
                ""
            })
    void isRefusedWhereAPathLeadsOut(String path) throws Exception {
        file(path, "pwned");
        publish();

        assertRefused();
    }

    @Test
    void isRefusedWhereOnlyTheTarLeadsOut() throws Exception {
        inTar("../victim", TarConstants.LF_NORMAL, new byte[1]);
        inList("victim", new byte[1]);
        publish();

        assertRefused().contains("../victim");
    }

    @ParameterizedTest
    @ValueSource(
            bytes = {
                TarConstants.LF_SYMLINK,
                TarConstants.LF_LINK,
                TarConstants.LF_CHR,
                TarConstants.LF_BLK,
                TarConstants.LF_FIFO,
                TarConstants.LF_CONTIG,
                TarConstants.LF_GNUTYPE_SPARSE,
                'Z'
            })
    void isRefusedWhereAnEntryIsNotAFile(byte type) throws Exception {
        inTar("a", type, new byte[0]);
        inList("a", new byte[0]);
        publish();

        assertRefused();
    }

    @Test
    void isRefusedWhereTheListKnowsOtherKinds() throws Exception {
        inTar("a", TarConstants.LF_SYMLINK, new byte[0]);
        list.append("{\"path\":\"a\",\"type\":\"symlink\",\"mode\":\"0777\"}\n");
        publish();

        assertRefused().contains("unknown type");
    }

    @Test
    void isRefusedWhereAFileComesTwice() throws Exception {
        file("a", "1");
        file("a", "2");
        publish();

        assertRefused().contains("twice");
    }

    @Test
    void isRefusedWhereAFileIsUsedAsADirectory() throws Exception {
        file("a", "1");
        file("a/b", "2");
        publish();

        assertRefused().contains("outside of the directories");
    }

    @Test
    void isRefusedWhereADirectoryIsMissing() throws Exception {
        file("a/b", "2");
        publish();

        assertRefused().contains("outside of the directories");
    }

    @Test
    void isRefusedWhereTheArchiveHasMoreThanTheList() throws Exception {
        file("a", "1");
        inTar("b", TarConstants.LF_NORMAL, new byte[1]);
        publish();

        assertRefused().contains("a file that the list doesn't");
    }

    @Test
    void isRefusedWhereTheListHasMoreThanTheArchive() throws Exception {
        file("a", "1");
        inList("b", new byte[1]);
        publish();

        assertRefused().contains("its end");
    }

    @Test
    void isRefusedWhereTheContentIsAnother() throws Exception {
        inTar("a", TarConstants.LF_NORMAL, new byte[] {1});
        inList("a", new byte[] {2});
        publish();

        assertRefused().contains("the content of file a");
    }

    @Test
    void isRefusedWhereTheManifestCountsOtherwise() throws Exception {
        file("a", "1");
        bytes++;
        publish();

        assertRefused().contains("the manifest names");
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 1L << 40, Long.MAX_VALUE})
    void isRefusedWhereTheListNamesAnotherSize(long size) throws Exception {
        inTar("a", TarConstants.LF_NORMAL, new byte[1]);
        inList("a", size, new byte[1]);
        publish();

        assertRefused();
    }

    @Test
    void isRefusedWhereTheTarNamesAHugeSize() throws Exception {
        TarArchiveEntry entry = new TarArchiveEntry("a", TarConstants.LF_NORMAL);
        entry.setSize(1L << 60);
        byte[] header = new byte[512];
        entry.writeEntryHeader(
                header, org.apache.commons.compress.archivers.zip.ZipEncodingHelper.getZipEncoding("ISO-8859-1"), true);
        inList("a", 1L << 60, new byte[1]);
        publish(header);

        assertRefused().contains("Truncated");
    }

    @Test
    void isRefusedWhereTheTarIsNoTar() throws Exception {
        inList("a", new byte[1]);
        publish(Volumes.random(new java.util.Random(6), 5000));

        assertRefused();
    }

    @Test
    void isRefusedWhereALineOfTheListHasNoEnd() throws Exception {
        list.append(" ".repeat(1_000_000));
        publish();

        assertRefused().contains("too long");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"path\":\"a\"",
                "null",
                "{\"path\":\"a\",\"path\":\"b\"}",
                "{\"path\":{}}",
                "{\"path\":\"a\",\"type\":\"file\",\"mode\":\"9999\"}"
            })
    void isRefusedWhereTheListIsNotAList(String line) throws Exception {
        list.append(line).append('\n');
        publish();

        assertRefused();
    }
}
