package homework.otus.mysql.program.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * The path of a file within the data directory, as the bytes that the file system holds. Java's own strings lose the
 * bytes that the process's locale can't read (all beyond ASCII in a container without one); a path's URI keeps them.
 *
 * <p>The order is that of a walk: a directory comes right before what it holds.
 *
 * @param bytes one character per byte (ISO-8859-1); relative, without {@code .} and {@code ..}
 */
record EntryName(String bytes) implements Comparable<EntryName> {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    EntryName {
        for (String segment : bytes.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException("not a path inside a directory: " + encode(bytes, ""));
            }
        }
        if (bytes.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a path with a zero byte");
        }
    }

    /** The last segment of {@code path}. */
    static String lastSegment(Path path) {
        String uri = Path.of("/").resolve(path.getFileName()).toUri().getRawPath();
        // A slash at the end only says that the root directory happens to hold a directory of that name.
        return decode(uri.substring(1, uri.endsWith("/") ? uri.length() - 1 : uri.length()));
    }

    /** Reads what {@link #toString} writes. */
    static EntryName parse(String text) throws IOException {
        try {
            return new EntryName(decode(text));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    EntryName child(String segment) {
        return new EntryName(bytes + "/" + segment);
    }

    /** The path of the directory that holds this; empty at the top. */
    String parent() {
        int slash = bytes.lastIndexOf('/');
        return slash < 0 ? "" : bytes.substring(0, slash);
    }

    Path in(Path directory) {
        String root = directory.toUri().getRawPath();
        return Path.of(URI.create("file://" + root + (root.endsWith("/") ? "" : "/") + encode(bytes, "/._-~")));
    }

    @Override
    public int compareTo(EntryName other) {
        return bytes.replace('/', '\0').compareTo(other.bytes.replace('/', '\0'));
    }

    /** Printable ASCII as it is, every other byte (and the percent sign) as {@code %0A}. */
    @Override
    public String toString() {
        return encode(bytes, " !\"#$&'()*+,-./:;<=>?@[\\]^_`{|}~");
    }

    private static String encode(String bytes, String kept) {
        StringBuilder text = new StringBuilder(bytes.length() + 8);
        for (int i = 0; i < bytes.length(); i++) {
            char c = bytes.charAt(i);
            boolean plain = (c < 0x80 && Character.isLetterOrDigit(c)) || kept.indexOf(c) >= 0;
            if (plain) {
                text.append(c);
            } else {
                text.append('%').append(HEX.toHexDigits((byte) c));
            }
        }
        return text.toString();
    }

    private static String decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                throw new IllegalArgumentException("a path that is not percent-encoded");
            }
            if (c == '%') {
                if (i + 3 > text.length()) {
                    throw new IllegalArgumentException("a path with a cut percent-encoding");
                }
                bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
