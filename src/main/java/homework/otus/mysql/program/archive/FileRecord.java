package homework.otus.mysql.program.archive;

import homework.otus.mysql.program.JsonFields;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;

/** One line of an archive's file list. */
sealed interface FileRecord {
    EntryName name();

    /** As in {@code chmod}, 0 to 07777. */
    int permissions();

    String toLine();

    /**
     * A file.
     *
     * @param sha256 of the content
     */
    record RegularFile(EntryName name, int permissions, long size, Instant modified, String sha256)
            implements FileRecord {
        private static final Set<String> FIELDS = Set.of("path", "type", "mode", "size", "mtime", "sha256");

        @Override
        public String toLine() {
            return line(this, "file")
                    .with("size", size)
                    .with("mtime", modified)
                    .with("sha256", sha256)
                    .toLine();
        }
    }

    record Directory(EntryName name, int permissions) implements FileRecord {
        private static final Set<String> FIELDS = Set.of("path", "type", "mode");

        @Override
        public String toLine() {
            return line(this, "directory").toLine();
        }
    }

    static FileRecord parse(String line) throws IOException {
        JsonFields json = JsonFields.parse(line);
        EntryName name = EntryName.parse(json.string("path"));
        int permissions = parseMode(json.string("mode"));
        String type = json.string("type");
        switch (type) {
            case "file" -> {
                requireFields(json, RegularFile.FIELDS);
                return new RegularFile(
                        name, permissions, json.natural("size"), json.instant("mtime"), json.string("sha256"));
            }
            case "directory" -> {
                requireFields(json, Directory.FIELDS);
                return new Directory(name, permissions);
            }
            default -> throw new IOException("unknown type of file: " + type);
        }
    }

    /** As in {@code 0640}. */
    static String mode(int permissions) {
        return String.format("%04o", permissions);
    }

    static int parseMode(String text) throws IOException {
        if (!text.matches("[0-7]{4}")) {
            throw new IOException("not a mode: " + text);
        }
        return Integer.parseInt(text, 8);
    }

    private static JsonFields line(FileRecord file, String type) {
        return new JsonFields().with("path", file.name()).with("type", type).with("mode", mode(file.permissions()));
    }

    private static void requireFields(JsonFields json, Set<String> fields) throws IOException {
        if (!json.names().equals(fields)) {
            throw new IOException("unexpected fields: " + json.names());
        }
    }
}
