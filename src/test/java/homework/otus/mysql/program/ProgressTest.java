package homework.otus.mysql.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final AtomicLong time = new AtomicLong();
    private final Progress progress = new Progress(new PrintStream(printed, true, UTF_8), time::get);

    private void add(int seconds, long bytes) {
        time.addAndGet(seconds * 1_000_000_000L);
        progress.add(bytes);
    }

    @Test
    void printsEveryFiveSecondsAndEveryTwentiethPart() {
        progress.start("Archiving", 1_000_000_000);
        add(0, 200_000_000);
        add(1, 1_000_000);
        add(1, 1_000_000);
        add(4, 1_000_000);
        add(1, 97_000_000);
        add(3, 700_000_000);
        progress.end();

        assertThat(printed.toString(UTF_8).lines())
                .containsExactly(
                        "Archiving: 1000 MB",
                        "Archiving: 201 of 1000 MB (20 %), 201 MB/s",
                        "Archiving: 203 of 1000 MB (20 %), 34 MB/s",
                        "Archiving: 300 of 1000 MB (30 %), 43 MB/s",
                        "Archiving: 1000 of 1000 MB (100 %), 100 MB/s",
                        "Archiving: 1000 of 1000 MB (100 %), 100 MB/s");
    }

    @Test
    void printsNoShareOfAnUnknownTotal() {
        progress.start("Reading", 0);
        add(5, 5_000_000);

        assertThat(printed.toString(UTF_8).lines()).containsExactly("Reading", "Reading: 5 MB, 1 MB/s");
    }
}
