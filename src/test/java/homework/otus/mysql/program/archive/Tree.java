package homework.otus.mysql.program.archive;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** What a directory holds, as a value that a test compares: every name with its kind, mode, time and content. */
final class Tree {
    private Tree() {}

    static Map<String, String> of(Path root) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                tree.put(name(root, directory), "directory " + mode(directory));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                tree.put(
                        name(root, file),
                        attributes.isRegularFile()
                                ? "file " + mode(file) + " " + attributes.lastModifiedTime() + " " + content(file)
                                : "special");
                return FileVisitResult.CONTINUE;
            }
        });
        return tree;
    }

    /** The URI, for it keeps the bytes that no string can. */
    private static String name(Path root, Path path) {
        return root.toUri().relativize(path.toUri()).getRawPath();
    }

    private static String mode(Path path) throws IOException {
        return Integer.toOctalString((Integer) Files.getAttribute(path, "unix:mode"));
    }

    private static String content(Path file) throws IOException {
        return Files.size(file) < 64
                ? HexFormat.of().formatHex(Files.readAllBytes(file))
                : Files.size(file) + " bytes, sha256 " + Sha256.of(Files.readAllBytes(file));
    }
}
