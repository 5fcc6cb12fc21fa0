package homework.otus.mysql.program.archive;

import homework.otus.mysql.program.Arguments;
import homework.otus.mysql.program.Job;
import homework.otus.mysql.program.JobFailure;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a backup Job is asked for.
 *
 * @param data where the data volume is mounted, read-only will do
 * @param backups where the backup volume is mounted
 * @param id names the archive, with its time: a later run with the same id takes it for its own; the MySQL object's uid
 * @param mysqlUid of the MySQL object, as are name and namespace
 * @param dataClaimUid of the data volume's claim
 * @param serverImage that last served the data
 * @param served what the operator knows of the data
 * @param keep how many complete archives stay, the new one among them; at least 1
 */
public record BackupRequest(
        Path data,
        Path backups,
        String id,
        String namespace,
        String name,
        String mysqlUid,
        String dataClaimUid,
        String serverImage,
        HasServed served,
        int keep) {
    static final String DATA = "data";
    static final String BACKUPS = "backups";
    static final String SERVED = "served";
    private static final String ID = "id";
    private static final String NAME = "name";
    private static final String NAMESPACE = "namespace";
    private static final String MYSQL_UID = "mysql-uid";
    private static final String DATA_CLAIM_UID = "data-claim-uid";
    private static final String SERVER_IMAGE = "server-image";
    private static final String KEEP = "keep";
    static final Set<String> KEYS = Set.of(
            DATA,
            BACKUPS,
            ID,
            NAME,
            NAMESPACE,
            MYSQL_UID,
            DATA_CLAIM_UID,
            SERVER_IMAGE,
            SERVED,
            KEEP,
            Job.TERMINATION_LOG);

    public List<String> toArguments() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put(DATA, data);
        values.put(BACKUPS, backups);
        values.put(ID, id);
        values.put(NAME, name);
        values.put(NAMESPACE, namespace);
        values.put(MYSQL_UID, mysqlUid);
        values.put(DATA_CLAIM_UID, dataClaimUid);
        values.put(SERVER_IMAGE, serverImage);
        values.put(SERVED, Arguments.word(served));
        values.put(KEEP, keep);
        return Arguments.format(values);
    }

    static BackupRequest parse(Arguments arguments) throws JobFailure {
        return new BackupRequest(
                arguments.path(DATA),
                arguments.path(BACKUPS),
                arguments.word(ID),
                arguments.text(NAMESPACE),
                arguments.text(NAME),
                arguments.text(MYSQL_UID),
                arguments.text(DATA_CLAIM_UID),
                arguments.text(SERVER_IMAGE),
                arguments.oneOf(SERVED, HasServed.class),
                arguments.positive(KEEP));
    }
}
