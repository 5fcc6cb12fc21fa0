package homework.otus.mysql.program.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Job in a process of its own, without a locale as in its Pod: its strings can hold ASCII alone. */
public final class ChildJvm {
    private ChildJvm() {}

    /** @param output where standard output and error go */
    public static Process start(Class<?> main, Path output, List<String> options, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "POSIX");
        return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }
}
