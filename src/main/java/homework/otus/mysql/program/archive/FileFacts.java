package homework.otus.mysql.program.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;

/**
 * What the file system says of a file, without following a symbolic link. Two that are equal, taken before and after
 * reading, say that nobody wrote to the file in between: its ctime can't be set back.
 *
 * @param permissions the low 12 bits of the mode
 */
record FileFacts(Kind kind, int permissions, long size, FileTime modified, FileTime changed, long inode) {
    enum Kind {
        FILE,
        DIRECTORY,
        SYMBOLIC_LINK,
        SOCKET,
        OTHER
    }

    private static final int TYPE = 0170000;

    static FileFacts of(Path path) throws IOException {
        Map<String, Object> facts =
                Files.readAttributes(path, "unix:mode,size,lastModifiedTime,ctime,ino", LinkOption.NOFOLLOW_LINKS);
        int mode = value(facts, "mode", Integer.class);
        Kind kind = switch (mode & TYPE) {
            case 0100000 -> Kind.FILE;
            case 0040000 -> Kind.DIRECTORY;
            case 0120000 -> Kind.SYMBOLIC_LINK;
            case 0140000 -> Kind.SOCKET;
            default -> Kind.OTHER;
        };
        return new FileFacts(
                kind,
                mode & 07777,
                value(facts, "size", Long.class),
                value(facts, "lastModifiedTime", FileTime.class),
                value(facts, "ctime", FileTime.class),
                value(facts, "ino", Long.class));
    }

    private static <T> T value(Map<String, Object> facts, String name, Class<T> kind) {
        return kind.cast(Objects.requireNonNull(facts.get(name)));
    }
}
