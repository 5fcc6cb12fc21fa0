package homework.otus.mysql.program.archive;

import homework.otus.mysql.program.ArchiveRecord;
import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobFailure;
import homework.otus.mysql.program.JobOutcome;
import homework.otus.mysql.program.JobResult;
import homework.otus.mysql.program.Progress;
import homework.otus.mysql.program.archive.ArchiveWriter.Written;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that a complete archive of a stopped data directory is on the backup volume: written aside, synced, read
 * back and compared with its source, and only then published by one rename. Killed at any point, it may be run again.
 */
final class Backup {
    private static final String PARTIAL = ".partial-";

    private final BackupRequest request;
    private final DataVolume volume;
    private final DataDirectory source;
    private final @Nullable ArchiveRecord restoredFrom;
    private final Disk disk;
    private final Debris debris;
    private final Retention retention;
    private final Progress progress;
    private final Clock clock;

    Backup(BackupRequest request, Disk disk, Progress progress, Clock clock) {
        this.request = request;
        this.disk = disk;
        this.progress = progress;
        this.clock = clock;
        volume = new DataVolume(request.data());
        source = new DataDirectory(volume.directory());
        debris = new Debris(disk, request.backups());
        restoredFrom = volume.restoredFrom();
        retention = new Retention(
                request.backups(),
                new Lineage(request.namespace(), request.name(), request.dataClaimUid(), restoredFrom()),
                debris,
                progress);
    }

    JobResult run() throws JobFailure {
        Mounts.require(request.data(), "data");
        Mounts.require(request.backups(), "backup");
        try {
            debris.sweep(PARTIAL);
            JobResult nothing = Look.nothing(source, request.served());
            if (nothing != null) {
                return nothing;
            }
            ArchiveRecord existing = existing();
            ArchiveRecord archive = existing != null ? existing : writeMakingRoom();
            prune(archive);
            return new JobResult(
                    JobOutcome.Complete,
                    null,
                    "Archive " + archive.directory() + " holds the whole data directory and was compared with it."
                            + removed(),
                    archive,
                    existing != null);
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    private @Nullable String restoredFrom() {
        return restoredFrom == null ? null : restoredFrom.directory();
    }

    private String removed() {
        return retention.removed().isEmpty()
                ? ""
                : " Removed the older " + String.join(", ", retention.removed()) + ".";
    }

    /** An archive that an earlier run completed; it counts if it still is what is on the data volume. */
    private @Nullable ArchiveRecord existing() throws IOException, JobFailure {
        for (Archives.Listed listed : Archives.list(request.backups())) {
            if (listed instanceof Archives.Complete complete && isOurs(complete.manifest())) {
                ArchiveDirectory directory =
                        new ArchiveDirectory(request.backups().resolve(complete.directory()));
                try {
                    compare(directory, complete.manifest());
                    return complete.manifest().archive();
                } catch (JobFailure e) {
                    if (e.reason() != FailureReason.SourceChanged && e.reason() != FailureReason.Corrupt) {
                        throw e;
                    }
                    progress.say("Archive " + complete.directory() + " is of an earlier state or damaged; writing a"
                            + " new one. " + e.getMessage());
                    return null;
                }
            }
        }
        return null;
    }

    private boolean isOurs(Manifest manifest) throws JobFailure {
        return manifest.isOf(request.namespace(), request.name())
                && manifest.archive().id().equals(request.id())
                && manifest.mysqlUid().equals(request.mysqlUid())
                && manifest.dataClaimUid().equals(request.dataClaimUid())
                && manifest.permissions() == source.permissions();
    }

    private ArchiveRecord writeMakingRoom() throws IOException, JobFailure {
        while (true) {
            try {
                return write();
            } catch (IOException e) {
                boolean full = FailureReason.ofWriting(e, request.backups()) == FailureReason.NoSpace;
                if (!full || !retention.removeOldest()) {
                    throw e;
                }
            }
        }
    }

    private ArchiveRecord write() throws IOException, JobFailure {
        Instant startedAt = startTime();
        String name = ArchiveDirectory.nameFor(startedAt, request.id());
        Path partial = request.backups().resolve(PARTIAL + name);
        try {
            disk.createDirectory(partial);
            // What is in it is somebody's database.
            disk.setPermissions(partial, 0750);
            ArchiveDirectory directory = new ArchiveDirectory(partial);
            long bytes = source.bytes();
            progress.start("Archiving", bytes);
            Written written = new ArchiveWriter(disk, progress).write(source, directory);
            progress.end();
            disk.syncDirectory(partial);
            compareWritten(directory, manifest(name, startedAt, written));
            Manifest manifest = manifest(name, startedAt, written);
            seal(directory, manifest);
            disk.rename(partial, request.backups().resolve(name));
            disk.syncDirectory(request.backups());
            return manifest.archive();
        } catch (IOException | JobFailure e) {
            removeQuietly(partial, e);
            throw e;
        }
    }

    /** Later than every archive there is, even if the clock was set back: newer archives sort later. */
    private Instant startTime() throws IOException, JobFailure {
        Instant time = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        for (Archives.Listed listed : Archives.list(request.backups())) {
            Instant taken = new ArchiveDirectory(Path.of(listed.directory()))
                    .namedTime()
                    .orElse(Instant.MIN);
            if (!time.isAfter(taken)) {
                time = taken.plusSeconds(1);
            }
            if (!ArchiveDirectory.canName(time)) {
                throw new JobFailure(
                        FailureReason.Corrupt,
                        "Directory " + listed.directory() + " of the backup volume has the last time that there is in"
                                + " its name, so that no backup could be newer: rename it to " + Archives.DAMAGED
                                + listed.directory() + ".");
            }
        }
        return time;
    }

    private Manifest manifest(String directory, Instant startedAt, Written written) throws JobFailure {
        ArchiveRecord archive = new ArchiveRecord(
                request.id(),
                directory,
                volume.serverVersion().map(ServerVersion::toString).orElse(null),
                request.serverImage(),
                written.bytes(),
                written.files(),
                written.archiveBytes(),
                written.archiveSha256(),
                startedAt,
                later(startedAt, clock.instant().truncatedTo(ChronoUnit.SECONDS)));
        return new Manifest(
                request.namespace(),
                request.name(),
                request.mysqlUid(),
                request.dataClaimUid(),
                request.served() == HasServed.YES,
                restoredFrom(),
                archive,
                written.dataBytes(),
                source.permissions(),
                written.fileListSha256());
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private void compare(ArchiveDirectory directory, Manifest manifest) throws JobFailure {
        progress.start("Comparing with the source", manifest.archive().bytes());
        new ArchiveProof(progress).compare(directory, manifest, source);
        progress.end();
    }

    private void compareWritten(ArchiveDirectory directory, Manifest manifest) throws JobFailure {
        try {
            compare(directory, manifest);
        } catch (JobFailure e) {
            if (e.reason() == FailureReason.Corrupt) {
                throw unsound(String.valueOf(e.getMessage()), e);
            }
            throw e;
        }
    }

    private void seal(ArchiveDirectory directory, Manifest manifest) throws IOException, JobFailure {
        byte[] json = manifest.toJson().getBytes(StandardCharsets.UTF_8);
        byte[] sums = ArchiveDirectory.sums(json, manifest).getBytes(StandardCharsets.US_ASCII);
        for (var file : List.of(ArchiveDirectory.MANIFEST, ArchiveDirectory.SUMS)) {
            byte[] content = file.equals(ArchiveDirectory.SUMS) ? sums : json;
            Path path = directory.path().resolve(file);
            SmallFile.write(disk, path, content);
            if (!Arrays.equals(Files.readAllBytes(path), content)) {
                throw unsound(file + " reads differently.", null);
            }
        }
        disk.syncDirectory(directory.path());
    }

    private static JobFailure unsound(String how, @Nullable Throwable cause) {
        return new JobFailure(
                FailureReason.Corrupt,
                "The backup volume doesn't give back what was written to it: check its disk, then let the Job run again. "
                        + how,
                cause);
    }

    /** The archive is proven by now: whether an older one could be removed doesn't change the outcome. */
    private void prune(ArchiveRecord proven) {
        try {
            retention.keepNewest(request.keep(), proven);
        } catch (IOException e) {
            progress.say("Older archives could not be removed: " + e);
        }
    }

    private void removeQuietly(Path partial, Exception because) {
        try {
            debris.remove(partial);
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    private JobFailure notWritten(IOException e) {
        FailureReason reason = FailureReason.ofWriting(e, request.backups());
        String message = switch (reason) {
            case NoSpace -> "The backup volume is too small for another archive, even without the oldest ones";
            case ReadOnly ->
                "The backup volume can't be written to (" + e + "): make it writable, then let the Job run again.";
            default -> "The backup volume failed (" + e + "): repair or replace it, then let the Job run again.";
        };
        return new JobFailure(reason, message, e);
    }
}
