package homework.otus.mysql.program.archive;

import homework.otus.mysql.program.ArchiveRecord;
import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobFailure;
import homework.otus.mysql.program.JobOutcome;
import homework.otus.mysql.program.JobResult;
import homework.otus.mysql.program.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings a data directory back from the newest archive: verified as a whole first, unpacked beside its place, synced,
 * and published by one rename. A data directory that is there is never touched. Killed at any point, it may be run
 * again.
 */
final class Restore {
    private final RestoreRequest request;
    private final @Nullable String serverVersion;
    private final DataVolume volume;
    private final Disk disk;
    private final Debris debris;
    private final Progress progress;

    /** @param serverVersion what the server that will open the directory says of itself; null if unknown */
    Restore(RestoreRequest request, @Nullable String serverVersion, Disk disk, Progress progress) {
        this.request = request;
        this.serverVersion = serverVersion;
        this.disk = disk;
        this.progress = progress;
        volume = new DataVolume(request.data());
        debris = new Debris(disk, request.data());
    }

    JobResult run() throws JobFailure {
        Mounts.require(request.data(), "data");
        Mounts.require(request.backups(), "backup");
        sweep();
        if (isThere(volume.directory())) {
            return alreadyThere(volume.restoredFrom());
        }
        if (request.served()) {
            throw new JobFailure(
                    FailureReason.DataMissing,
                    "A server has served from this volume, and now its data directory is missing. No archive is put in"
                            + " its place, for it may be older than what was there");
        }
        List<Archives.Listed> archives = list();
        Archives.Listed chosen = choose(archives);
        if (chosen == null) {
            return JobResult.of(
                    JobOutcome.NothingToRestore,
                    "The backup volume holds no archive, so there is nothing to restore.",
                    null);
        }
        try {
            return restore(directory(chosen.directory()));
        } catch (JobFailure e) {
            throw e.reason() == FailureReason.Corrupt
                    ? new JobFailure(e.reason(), e.getMessage() + " " + wayOn(chosen, archives), e)
                    : e;
        }
    }

    private JobResult restore(ArchiveDirectory archive) throws JobFailure {
        Manifest manifest = archive.verify(progress);
        UpgradePath path = UpgradePath.between(
                ServerVersion.parse(manifest.archive().serverVersion()).orElse(null),
                ServerVersion.parse(serverVersion).orElse(null));
        if (!path.allowed()) {
            throw new JobFailure(
                    FailureReason.UnsupportedVersion, "Archive " + archive.name() + ": " + path.sentence());
        }
        try {
            requireSpace(manifest);
            unpack(archive, manifest);
        } catch (IOException e) {
            FailureReason reason = FailureReason.ofWriting(e, request.data());
            throw reason == FailureReason.NoSpace ? tooSmall(manifest, "") : notWritten(reason, e);
        }
        return JobResult.of(
                JobOutcome.Restored,
                "The data directory was restored from archive " + archive.name() + origin(manifest) + ". "
                        + path.sentence(),
                manifest.archive());
    }

    private void sweep() throws JobFailure {
        try {
            debris.sweep(DataVolume.RESTORING, DataVolume.INITIALISING);
        } catch (IOException e) {
            throw notWritten(FailureReason.ofWriting(e, request.data()), e);
        }
    }

    /** An empty directory is what a kubelet makes for a mount: nothing is lost when it is replaced. */
    private static boolean isThere(Path directory) throws JobFailure {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        try (var children = Files.newDirectoryStream(directory)) {
            return children.iterator().hasNext();
        } catch (IOException e) {
            throw DataDirectory.unreadable(directory, e);
        }
    }

    private static JobResult alreadyThere(@Nullable ArchiveRecord from) {
        String origin = from == null ? "" : ", restored from archive " + from.directory();
        return JobResult.of(
                JobOutcome.AlreadyThere,
                "A data directory is there already" + origin + "; it was left as it is.",
                from);
    }

    private List<Archives.Listed> list() throws JobFailure {
        try {
            return Archives.list(request.backups());
        } catch (IOException e) {
            throw new JobFailure(
                    FailureReason.IoError,
                    "The backup volume can't be read (" + e + "): repair it, then let the Job run again.",
                    e);
        }
    }

    /** The newest; null where there is none. */
    private Archives.@Nullable Listed choose(List<Archives.Listed> archives) throws JobFailure {
        Archives.Listed newest = archives.isEmpty() ? null : archives.get(0);
        String recorded = request.recorded();
        // Names begin with the time.
        if (recorded != null
                && archives.stream().noneMatch(listed -> listed.directory().compareTo(recorded) >= 0)
                && !Archives.setAside(request.backups(), recorded)) {
            throw new JobFailure(
                    FailureReason.ArchiveMissing,
                    "The newest backup, " + recorded + ", is not on the backup volume, which holds "
                            + (newest == null ? "none" : "older ones"));
        }
        return newest;
    }

    /** Never taken by itself: an older state of a database that nobody asked for is a loss that nobody sees. */
    private static String wayOn(Archives.Listed damaged, List<Archives.Listed> archives) {
        for (Archives.Listed older : archives.subList(archives.indexOf(damaged) + 1, archives.size())) {
            if (older instanceof Archives.Complete) {
                return "The older archive " + older.directory() + " is there: to go on with it, rename directory "
                        + damaged.directory() + " to " + Archives.DAMAGED + damaged.directory() + ".";
            }
        }
        return "There is no older complete archive: bring the directory back from a copy of the backup volume; or, to"
                + " begin with an empty database, rename it to " + Archives.DAMAGED + damaged.directory() + ".";
    }

    private void requireSpace(Manifest manifest) throws JobFailure, IOException {
        long free = Files.getFileStore(request.data()).getUsableSpace();
        long needed = needed(manifest);
        if (needed > free) {
            throw tooSmall(manifest, " and it has " + free + " free");
        }
    }

    /** Each file's last block is allocated whole. */
    private static long needed(Manifest manifest) {
        double estimate = (double) manifest.dataBytes()
                + (double) Holes.BLOCK * (manifest.archive().files() + 256);
        return (long) estimate;
    }

    private static JobFailure tooSmall(Manifest manifest, String has) {
        return new JobFailure(
                FailureReason.NoSpace,
                "The data volume is too small: archive " + manifest.archive().directory() + " needs " + needed(manifest)
                        + " bytes" + has);
    }

    private void unpack(ArchiveDirectory archive, Manifest manifest) throws IOException, JobFailure {
        Path staging = volume.staging(manifest.archive().id());
        try (ArchiveReader reader = ArchiveReader.of(archive, manifest)) {
            progress.start("Restoring", manifest.archive().bytes());
            new Unpacker(disk, progress).unpack(reader, staging, manifest.permissions());
            progress.end();
            note(volume.marker(), manifest.archive().toJson() + "\n");
            String version = manifest.archive().serverVersion();
            note(volume.version(), version == null ? "unknown\n" : version + "\n");
            disk.syncDirectory(request.data());
            disk.rename(staging, volume.directory());
            disk.syncDirectory(request.data());
        } catch (IOException | JobFailure e) {
            removeQuietly(staging, e);
            throw e;
        }
    }

    private void note(Path file, String text) throws IOException {
        disk.delete(file);
        SmallFile.write(disk, file, text.getBytes(StandardCharsets.UTF_8));
    }

    private ArchiveDirectory directory(String name) {
        return new ArchiveDirectory(request.backups().resolve(name));
    }

    private String origin(Manifest manifest) {
        return manifest.isOf(request.namespace(), request.name())
                ? ""
                : " of " + manifest.namespace() + "/" + manifest.name();
    }

    private void removeQuietly(Path staging, Exception because) {
        try {
            debris.remove(staging);
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    private static JobFailure notWritten(FailureReason reason, IOException e) {
        String how = reason == FailureReason.NoSpace
                ? "is full (" + e + ")"
                : "can't be written to (" + e + "): repair it or make it writable, then let the Job run again.";
        return new JobFailure(reason, "The data volume " + how, e);
    }
}
