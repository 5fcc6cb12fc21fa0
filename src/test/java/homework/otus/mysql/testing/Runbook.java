package homework.otus.mysql.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands that a page of the documentation tells people to run. */
public final class Runbook {
    private static final Pattern BLOCK = Pattern.compile("(?s)\\n```\\w*\\n(.*?)\\n```(?=\\n)");

    private Runbook() {}

    /** The blocks of code below a heading, in order; fails where there is none. */
    public static List<String> commands(Path page, String heading) {
        try {
            Matcher section = Pattern.compile("(?ms)^#+ " + Pattern.quote(heading) + "$(.*?)(?=^## |\\z)")
                    .matcher(Files.readString(page));
            if (!section.find()) {
                throw new AssertionError(page + " has no heading " + heading);
            }
            List<String> blocks = new ArrayList<>();
            Matcher block = BLOCK.matcher(section.group(1));
            while (block.find()) {
                blocks.add(block.group(1));
            }
            if (blocks.isEmpty()) {
                throw new AssertionError("below " + heading + ", " + page + " has no commands");
            }
            return blocks;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
