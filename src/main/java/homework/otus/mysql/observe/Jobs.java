package homework.otus.mysql.observe;

import homework.otus.mysql.child.JobRun;
import java.util.List;

/**
 * A database's Jobs.
 *
 * @param password gives the server another password
 * @param check looks whether an image or a configuration will do, before the server is stopped for it
 */
public record Jobs(JobRun backup, JobRun restore, JobRun password, JobRun check) {
    public List<JobRun> all() {
        return List.of(backup, restore, password, check);
    }
}
