package homework.otus.mysql.program.archive;

import homework.otus.mysql.program.FailureReason;
import homework.otus.mysql.program.JobFailure;
import homework.otus.mysql.program.Progress;
import homework.otus.mysql.program.archive.FileFacts.Kind;
import homework.otus.mysql.program.archive.FileRecord.RegularFile;
import java.util.Arrays;

/**
 * Compares an archive, read back from its volume, with its source, read again: every name, mode, size and byte. An
 * archive that differs from its own file list is {@link FailureReason#Corrupt}; where the two agree and the source
 * differs, it is {@link FailureReason#SourceChanged}.
 */
final class ArchiveProof {
    private final Progress progress;
    private final byte[] archived = new byte[1 << 18];
    private final byte[] original = new byte[1 << 18];

    ArchiveProof(Progress progress) {
        this.progress = progress;
    }

    void compare(ArchiveDirectory directory, Manifest manifest, DataDirectory source) throws JobFailure {
        try (ArchiveReader reader = ArchiveReader.ofDisk(directory, manifest)) {
            DataDirectory.Walk walk = source.walk();
            for (FileRecord record = reader.next(); record != null; record = reader.next()) {
                DataDirectory.Entry entry = walk.next();
                if (entry == null || entry.name().compareTo(record.name()) > 0) {
                    throw DataDirectory.changed(record.name(), "went away");
                }
                if (!entry.name().equals(record.name())) {
                    throw DataDirectory.changed(entry.name(), "was added");
                }
                if (!isSame(record, entry.facts())) {
                    throw DataDirectory.changed(record.name(), "was changed");
                }
                if (record instanceof RegularFile) {
                    compareContent(reader, entry);
                }
            }
            DataDirectory.Entry further = walk.next();
            if (further != null) {
                throw DataDirectory.changed(further.name(), "was added");
            }
        }
    }

    private static boolean isSame(FileRecord record, FileFacts facts) {
        return record.permissions() == facts.permissions()
                && (record instanceof RegularFile file
                        ? facts.kind() == Kind.FILE
                                && file.size() == facts.size()
                                && file.modified().equals(facts.modified().toInstant())
                        : facts.kind() == Kind.DIRECTORY);
    }

    private void compareContent(ArchiveReader reader, DataDirectory.Entry entry) throws JobFailure {
        try (SourceFile file = new SourceFile(entry)) {
            int n;
            do {
                n = reader.read(archived);
                int m = file.read(original);
                if (!Arrays.equals(archived, 0, n, original, 0, m)) {
                    throw DataDirectory.changed(entry.name(), "was changed");
                }
                progress.add(n);
            } while (n > 0);
        }
    }
}
