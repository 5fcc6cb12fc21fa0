package homework.otus.mysql.child;

import io.kubernetes.client.openapi.models.V1Pod;
import java.util.List;

/** Why {@code initialise.sh} lets no server start, told by its exit code. */
public enum StartRefusal {
    /** The backup volume has archives, and the data volume no data. */
    FOUND_ARCHIVES(3),
    /** mysqld refuses the configuration. */
    CONFIG_REFUSED(4),
    /** There is no data on a volume from which a server has served. */
    DATA_MISSING(5);

    private final int exitCode;

    StartRefusal(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }

    /** Whether the last end of one of these Pods' start scripts was for this. */
    public boolean ended(List<V1Pod> pods) {
        return pods.stream().anyMatch(pod -> PodReader.lastExitCode(pod, ContainerNames.INITIALISE) == exitCode);
    }
}
