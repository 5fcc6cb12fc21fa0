package homework.otus.mysql.program.archive;

import homework.otus.mysql.program.Arguments;
import homework.otus.mysql.program.JobFailure;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a backup Job is asked for where there is no backup volume: whether there is anything to back up.
 *
 * @param data where the data volume is mounted, read-only will do
 * @param served what the operator knows of the data
 */
public record LookRequest(Path data, HasServed served) {
    public List<String> toArguments() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put(BackupRequest.DATA, data);
        values.put(BackupRequest.SERVED, Arguments.word(served));
        return Arguments.format(values);
    }

    static LookRequest parse(Arguments arguments) throws JobFailure {
        return new LookRequest(
                arguments.path(BackupRequest.DATA), arguments.oneOf(BackupRequest.SERVED, HasServed.class));
    }
}
