package homework.otus.mysql.program.archive;

import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobFailure;
import homework.otus.mysql.program.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One archive's directory on the backup volume, named {@code <yyyyMMddTHHmmssZ>-<id>} after the time it was begun:
 *
 * <ul>
 *   <li>{@code data.tar.zst}: the data directory
 *   <li>{@code files.jsonl}: its files in the same order, one JSON object a line
 *   <li>{@code manifest.json}: what it is, with the hashes of the two above
 *   <li>{@code SHA256SUMS}: all three hashes, so that {@code sha256sum -c SHA256SUMS} proves it by hand
 * </ul>
 */
record ArchiveDirectory(Path path) {
    static final String ARCHIVE = "data.tar.zst";
    static final String FILE_LIST = "files.jsonl";
    static final String MANIFEST = "manifest.json";
    static final String SUMS = "SHA256SUMS";
    static final List<String> ALL = List.of(ARCHIVE, FILE_LIST, MANIFEST, SUMS);

    private static final Pattern NAME = Pattern.compile("(\\d{8}T\\d{6}Z)-.+");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final long LARGEST_MANIFEST = 64 * 1024;

    static String nameFor(Instant startedAt, String id) {
        return TIME.format(startedAt) + "-" + id;
    }

    /** Years have four digits. */
    static boolean canName(Instant startedAt) {
        return new ArchiveDirectory(Path.of(nameFor(startedAt, "id")))
                .namedTime()
                .isPresent();
    }

    String name() {
        return String.valueOf(path.getFileName());
    }

    /** The time in the name; empty if it isn't named as an archive. */
    Optional<Instant> namedTime() {
        Matcher matcher = NAME.matcher(name());
        try {
            return matcher.matches() ? Optional.of(TIME.parse(matcher.group(1), Instant::from)) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Named as an archive, or with a file in it that only archives have. */
    boolean looksLikeArchive() {
        return !name().startsWith(".")
                && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                && (namedTime().isPresent() || ALL.stream().anyMatch(file -> Files.exists(path.resolve(file))));
    }

    Path archive() {
        return path.resolve(ARCHIVE);
    }

    Path fileList() {
        return path.resolve(FILE_LIST);
    }

    /** What {@link #SUMS} holds. */
    static String sums(byte[] manifestJson, Manifest manifest) {
        return manifest.archive().sha256() + "  " + ARCHIVE + "\n" + manifest.fileListSha256() + "  " + FILE_LIST + "\n"
                + Sha256.of(manifestJson) + "  " + MANIFEST + "\n";
    }

    /**
     * Reads the manifest and checks it against its hash, and the other files for their presence and the archive's size.
     *
     * @throws JobFailure {@link FailureReason#Corrupt}
     */
    Manifest manifest() throws JobFailure {
        try {
            byte[] json = readSmall(MANIFEST);
            Manifest manifest = Manifest.parse(new String(json, StandardCharsets.UTF_8));
            if (!new String(readSmall(SUMS), StandardCharsets.ISO_8859_1).equals(sums(json, manifest))) {
                throw corrupt("its manifest doesn't agree with " + SUMS);
            }
            String given =
                    nameFor(manifest.archive().startedAt(), manifest.archive().id());
            if (!given.equals(name()) || !given.equals(manifest.archive().directory())) {
                throw corrupt("it was written under another name, " + given);
            }
            if (!Files.isRegularFile(fileList(), LinkOption.NOFOLLOW_LINKS)) {
                throw corrupt(FILE_LIST + " is missing");
            }
            if (Files.size(archive()) != manifest.archive().archiveBytes()) {
                throw corrupt(ARCHIVE + " has " + Files.size(archive()) + " bytes instead of "
                        + manifest.archive().archiveBytes());
            }
            return manifest;
        } catch (IOException e) {
            throw corrupt(e);
        }
    }

    /**
     * Reads every byte and compares all hashes.
     *
     * @throws JobFailure {@link FailureReason#Corrupt}
     */
    Manifest verify(Progress progress) throws JobFailure {
        Manifest manifest = manifest();
        try {
            progress.start("Verifying " + name(), manifest.archive().archiveBytes() + Files.size(fileList()));
            if (!Sha256.of(fileList(), progress).equals(manifest.fileListSha256())) {
                throw corrupt(FILE_LIST + " is not what was written");
            }
            if (!Sha256.of(archive(), progress).equals(manifest.archive().sha256())) {
                throw corrupt(ARCHIVE + " is not what was written");
            }
            progress.end();
            return manifest;
        } catch (IOException e) {
            throw corrupt(e);
        }
    }

    JobFailure corrupt(IOException e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return corrupt(e instanceof NoSuchFileException ? message + " is missing" : message);
    }

    JobFailure corrupt(String how) {
        return new JobFailure(FailureReason.Corrupt, "Archive " + name() + " is damaged: " + how + ".");
    }

    private byte[] readSmall(String file) throws IOException {
        Path small = path.resolve(file);
        if (Files.size(small) > LARGEST_MANIFEST) {
            throw new IOException(file + " is too large");
        }
        return Files.readAllBytes(small);
    }
}
