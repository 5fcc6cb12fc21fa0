package homework.otus.mysql.program.archive;

import java.util.Arrays;

/**
 * Blocks of zeros, which a restore leaves out of the file as holes. By the block, not by the long run: so a directory
 * whose tables have holes (InnoDB's page compression punches them) never needs more room than it had.
 */
final class Holes {
    /** What file systems allocate at least. */
    static final int BLOCK = 4096;

    private static final byte[] ZEROS = new byte[BLOCK];

    private Holes() {}

    /** Whether {@code buffer[from..to)} is zeros; at most a block. */
    static boolean isHole(byte[] buffer, int from, int to) {
        return Arrays.mismatch(buffer, from, to, ZEROS, 0, to - from) < 0;
    }

    /** How many of the first {@code length} bytes lie in blocks that are not holes. */
    static long dataBytes(byte[] buffer, int length) {
        long bytes = 0;
        for (int from = 0; from < length; from += BLOCK) {
            int to = Math.min(from + BLOCK, length);
            if (!isHole(buffer, from, to)) {
                bytes += to - from;
            }
        }
        return bytes;
    }
}
