package homework.otus.mysql.child;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The shell scripts that run in servers' images. */
public final class Script {
    private Script() {}

    /** Its own text after that of what it calls. */
    public static String withRefusal(String name) {
        return read("refusal.sh") + read(name);
    }

    public static String read(String name) {
        try (InputStream in = Script.class.getResourceAsStream("/scripts/" + name)) {
            if (in == null) {
                throw new IllegalStateException("The script " + name + " is missing from the operator's jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
