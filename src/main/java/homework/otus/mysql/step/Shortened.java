package homework.otus.mysql.step;

import java.nio.charset.StandardCharsets;

/** The words of others, as the API server's of a refusal, may be of any length. */
final class Shortened {
    private static final String GAP = " […] ";

    private Shortened() {}

    /**
     * The message where it fits, else its beginning and its end, where it says what to do.
     *
     * @param bytes of UTF-8 at most; more than those of the gap
     */
    static String to(int bytes, String message) {
        byte[] utf8 = message.getBytes(StandardCharsets.UTF_8);
        if (utf8.length <= bytes) {
            return message;
        }
        int kept = bytes - GAP.getBytes(StandardCharsets.UTF_8).length;
        int head = kept * 2 / 3;
        int tail = utf8.length - (kept - head);
        while (continuesACharacter(utf8[head])) {
            head--;
        }
        while (continuesACharacter(utf8[tail])) {
            tail++;
        }
        return new String(utf8, 0, head, StandardCharsets.UTF_8)
                + GAP
                + new String(utf8, tail, utf8.length - tail, StandardCharsets.UTF_8);
    }

    private static boolean continuesACharacter(byte b) {
        return (b & 0xC0) == 0x80;
    }
}
