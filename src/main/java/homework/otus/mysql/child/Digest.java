package homework.otus.mysql.child;

import io.kubernetes.client.openapi.JSON;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A short name for a content, the same for the same content. */
public final class Digest {
    private static final int BYTES = 8;

    private Digest() {}

    /** 16 hexadecimal digits, for any value that client-java's JSON can write. */
    public static String of(Object content) {
        try {
            byte[] json = JSON.getGson().toJson(content).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json), 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
