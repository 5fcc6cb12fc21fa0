package homework.otus.mysql.backup;

import homework.otus.mysql.api.BackupRecord;
import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.child.Component;
import homework.otus.mysql.child.Folders;
import homework.otus.mysql.child.JobTemplate;
import homework.otus.mysql.child.Names;
import homework.otus.mysql.child.Restricted;
import homework.otus.mysql.child.Volumes;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.ServedMark;
import homework.otus.mysql.program.archive.BackupJob;
import homework.otus.mysql.program.archive.BackupRequest;
import homework.otus.mysql.program.archive.HasServed;
import homework.otus.mysql.program.archive.LookRequest;
import homework.otus.mysql.program.archive.RestoreJob;
import homework.otus.mysql.program.archive.RestoreRequest;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Jobs that write and unpack the cold archive, in the operator's own image.
 *
 * <p>A Job counts only for the life that its labels name: names are fixed and finished Jobs are kept for inspection.
 *
 * @param operatorImage the image that the Jobs run
 */
public record ArchiveJobs(String operatorImage) {
    private static final String RESTORE = "restore";
    private static final String DATA = "/data";
    private static final String BACKUPS = "/backups";
    private static final String VERSION_DIRECTORY = "/run/mysql-operator";
    private static final String VERSION_FILE = VERSION_DIRECTORY + "/server-version";

    /**
     * The claims that a Job works on.
     *
     * @param folders where on their volumes the database is
     * @param served what is known of the data; null where no server ever became ready on it
     * @param recorded the directory of the newest archive that is recorded on the backup claim; null where none is
     */
    public record Mounted(
            String dataClaimUid,
            String backupClaimUid,
            Folders folders,
            @Nullable ServedMark served,
            @Nullable String recorded) {
        static Mounted of(Observed observed, Folders folders) {
            BackupRecord record = observed.backup().record();
            return new Mounted(
                    observed.data().uid(),
                    observed.backup().uid(),
                    folders,
                    observed.data().served(),
                    record == null ? null : record.directory());
        }
    }

    /**
     * @param id of the archive, unique on its volume
     * @param serverImage the image that served the data, for the archive's manifest
     * @param attempt from 1
     */
    public V1Job backup(MySQL mysql, Mounted claims, String id, String serverImage, int attempt) {
        V1ObjectMeta owner = mysql.getMetadata();
        BackupRequest request = new BackupRequest(
                Path.of(DATA),
                Path.of(BACKUPS),
                id,
                String.valueOf(owner.getNamespace()),
                String.valueOf(owner.getName()),
                String.valueOf(owner.getUid()),
                claims.dataClaimUid(),
                serverImage,
                served(claims.served()),
                mysql.getSpec().getBackup().retain());
        V1Container archive = JobTemplate.container(
                operatorImage,
                BackupJob.class,
                request.toArguments(),
                List.of(
                        claims.folders().dataMount(DATA).readOnly(true),
                        claims.folders().backupsMount(BACKUPS)));
        return JobTemplate.of(
                mysql,
                Names.backupJob(owner.getName()),
                Component.BACKUP,
                new JobTemplate.Purpose(id, claims.dataClaimUid(), claims.backupClaimUid(), attempt),
                pod(mysql, archive));
    }

    /** Looks whether there is anything to back up, where there is no backup volume. It mounts none. */
    public V1Job look(MySQL mysql, Mounted claims, String id) {
        V1ObjectMeta owner = mysql.getMetadata();
        V1Container look = JobTemplate.container(
                operatorImage,
                BackupJob.class,
                new LookRequest(Path.of(DATA), served(claims.served())).toArguments(),
                List.of(claims.folders().dataMount(DATA).readOnly(true)));
        return JobTemplate.of(
                mysql,
                Names.backupJob(owner.getName()),
                Component.BACKUP,
                new JobTemplate.Purpose(id, claims.dataClaimUid(), claims.backupClaimUid(), 1),
                dataPod(mysql, look));
    }

    /**
     * Its init container asks the server's own image for its version, so that a directory is never unpacked for a
     * server that can't open it.
     *
     * @param serverImage the image that will serve the data
     * @param attempt from 1
     */
    public V1Job restore(MySQL mysql, Mounted claims, String serverImage, int attempt) {
        V1ObjectMeta owner = mysql.getMetadata();
        V1VolumeMount version = new V1VolumeMount().name("version").mountPath(VERSION_DIRECTORY);
        RestoreRequest request = new RestoreRequest(
                Path.of(DATA),
                Path.of(BACKUPS),
                String.valueOf(owner.getNamespace()),
                String.valueOf(owner.getName()),
                claims.served() != null,
                Path.of(VERSION_FILE),
                claims.recorded());
        V1Container archive = JobTemplate.container(
                operatorImage,
                RestoreJob.class,
                request.toArguments(),
                List.of(
                        claims.folders().dataMount(DATA),
                        claims.folders().backupsMount(BACKUPS).readOnly(true),
                        version));
        V1PodSpec pod = pod(mysql, archive)
                .addVolumesItem(Volumes.scratch("version"))
                .addInitContainersItem(new V1Container()
                        .name("server-version")
                        .image(serverImage)
                        .command(List.of("sh", "-c", "mysqld --version > " + VERSION_FILE))
                        .securityContext(Restricted.container())
                        .addVolumeMountsItem(version));
        return JobTemplate.of(
                mysql,
                Names.restoreJob(owner.getName()),
                Component.RESTORE,
                new JobTemplate.Purpose(RESTORE, claims.dataClaimUid(), claims.backupClaimUid(), attempt),
                pod);
    }

    private static HasServed served(@Nullable ServedMark mark) {
        if (mark == null) {
            return HasServed.NO;
        }
        return mark.failing() ? HasServed.FAILING : HasServed.YES;
    }

    private static V1PodSpec pod(MySQL mysql, V1Container container) {
        return dataPod(mysql, container)
                .addVolumesItem(Volumes.claim(
                        "backups", Names.backupClaim(mysql.getMetadata().getName())));
    }

    private static V1PodSpec dataPod(MySQL mysql, V1Container container) {
        return JobTemplate.pod(mysql)
                .addContainersItem(container)
                .addVolumesItem(Volumes.claim(
                        "data", Names.dataClaim(mysql.getMetadata().getName())));
    }
}
