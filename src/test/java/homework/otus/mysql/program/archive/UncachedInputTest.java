package homework.otus.mysql.program.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UncachedInputTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 4095, 4096, 4097, 1 << 20, (1 << 20) + 1, 3_000_001})
    void readsAFileOfAnySizeFromADisk(int size, @TempDir Path directory) throws Exception {
        assertReads(directory, size);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4097, 3_000_001})
    void readsAFileOfAnySizeFromMemory(int size, @TempDir(factory = MemoryDirectory.class) Path directory)
            throws Exception {
        assertReads(directory, size);
    }

    private static void assertReads(Path directory, int size) throws Exception {
        byte[] content = Volumes.random(new Random(size), size);
        Path file = Files.write(directory.resolve("file"), content);

        try (InputStream in = UncachedInput.open(file)) {
            assertThat(in.readAllBytes()).isEqualTo(content);
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.read(new byte[1])).isEqualTo(-1);
        }
        try (InputStream in = UncachedInput.open(file)) {
            for (int i = 0; i < Math.min(size, 5_000); i++) {
                assertThat((byte) in.read()).isEqualTo(content[i]);
            }
        }
    }
}
