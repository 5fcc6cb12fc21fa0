package homework.otus.mysql.manifest;

import homework.otus.mysql.api.MySQL;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1JobSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Jobs that write and unpack the cold archive, in the operator's own image.
 *
 * <p>A Job counts only for the life that its labels name: names are fixed and finished Jobs stay to be seen.
 *
 * @param operatorImage the image that the Jobs run
 */
public record ArchiveJobs(String operatorImage) {
    public static final String CONTAINER = "archive";
    private static final String VERSION_DIRECTORY = "/run/mysql-operator";
    /** Complete archives that are kept on the backup volume. */
    private static final int KEPT_ARCHIVES = 3;

    /**
     * @param serverImage the image that served the data, for the archive's manifest
     * @param attempt from 1
     */
    public V1Job backup(MySQL mysql, String dataClaimUid, String serverImage, int attempt) {
        V1ObjectMeta owner = mysql.getMetadata();
        V1Container archive = archive(
                "homework.otus.mysql.archive.BackupJob",
                List.of(
                        "--id=" + owner.getUid(),
                        "--name=" + owner.getName(),
                        "--namespace=" + owner.getNamespace(),
                        "--mysql-uid=" + owner.getUid(),
                        "--data-claim-uid=" + dataClaimUid,
                        "--server-image=" + serverImage,
                        "--keep=" + KEPT_ARCHIVES),
                List.of(
                        new V1VolumeMount().name("data").mountPath("/data").readOnly(true),
                        new V1VolumeMount().name("backups").mountPath("/backups")));
        return job(
                mysql, Names.backupJob(owner.getName()), Component.BACKUP, dataClaimUid, attempt, pod(mysql, archive));
    }

    /**
     * Its init container asks the server's own image for its version, so that a directory is never unpacked for a
     * server that can't open it.
     *
     * @param serverImage the image that will serve the data
     * @param attempt from 1
     */
    public V1Job restore(MySQL mysql, String dataClaimUid, String serverImage, int attempt) {
        V1ObjectMeta owner = mysql.getMetadata();
        V1VolumeMount version = new V1VolumeMount().name("version").mountPath(VERSION_DIRECTORY);
        V1Container archive = archive(
                "homework.otus.mysql.archive.RestoreJob",
                List.of(
                        "--name=" + owner.getName(),
                        "--namespace=" + owner.getNamespace(),
                        "--server-version-file=" + VERSION_DIRECTORY + "/server-version"),
                List.of(
                        new V1VolumeMount().name("data").mountPath("/data"),
                        new V1VolumeMount()
                                .name("backups")
                                .mountPath("/backups")
                                .readOnly(true),
                        version));
        V1PodSpec pod = pod(mysql, archive)
                .addVolumesItem(Volumes.scratch("version"))
                .addInitContainersItem(new V1Container()
                        .name("server-version")
                        .image(serverImage)
                        .command(List.of("sh", "-c", "mysqld --version > " + VERSION_DIRECTORY + "/server-version"))
                        .securityContext(Restricted.container())
                        .addVolumeMountsItem(version));
        return job(mysql, Names.restoreJob(owner.getName()), Component.RESTORE, dataClaimUid, attempt, pod);
    }

    private V1Container archive(String main, List<String> arguments, List<V1VolumeMount> mounts) {
        List<String> command = new ArrayList<>(List.of("java", "@/app/java.options", main));
        command.addAll(List.of("--data=/data", "--backups=/backups", "--termination-log=/dev/termination-log"));
        command.addAll(arguments);
        List<V1VolumeMount> all = new ArrayList<>(mounts);
        all.add(new V1VolumeMount().name("tmp").mountPath("/tmp"));
        return new V1Container()
                .name(CONTAINER)
                .image(operatorImage)
                .command(command)
                .securityContext(Restricted.container())
                .resources(new V1ResourceRequirements()
                        .putRequestsItem("cpu", new Quantity("100m"))
                        .putRequestsItem("memory", new Quantity("256Mi"))
                        .putLimitsItem("memory", new Quantity("512Mi")))
                .volumeMounts(all);
    }

    private static V1PodSpec pod(MySQL mysql, V1Container container) {
        String name = mysql.getMetadata().getName();
        return new V1PodSpec()
                .restartPolicy("Never")
                .automountServiceAccountToken(false)
                .enableServiceLinks(false)
                .securityContext(Restricted.pod())
                .addContainersItem(container)
                .addVolumesItem(Volumes.claim("data", Names.dataClaim(name)))
                .addVolumesItem(Volumes.claim("backups", Names.backupClaim(name)))
                .addVolumesItem(Volumes.scratch("tmp"));
    }

    private static V1Job job(
            MySQL mysql, String name, Component component, String dataClaimUid, int attempt, V1PodSpec pod) {
        V1ObjectMeta owner = mysql.getMetadata();
        Map<String, String> labels = new LinkedHashMap<>(Labels.of(owner.getName(), component));
        labels.put(Labels.MYSQL_UID, owner.getUid());
        labels.put(Labels.DATA_CLAIM_UID, dataClaimUid);
        labels.put(Labels.ATTEMPT, Integer.toString(attempt));
        labels.put(Labels.GENERATION, String.valueOf(owner.getGeneration()));
        return new V1Job()
                .apiVersion("batch/v1")
                .kind("Job")
                .metadata(new V1ObjectMeta()
                        .namespace(owner.getNamespace())
                        .name(name)
                        .labels(labels))
                .spec(new V1JobSpec()
                        .parallelism(1)
                        .completions(1)
                        // The operator tries again itself: each failure is seen, told and counted.
                        .backoffLimit(0)
                        // Otherwise a second Pod starts beside one that is still terminating.
                        .podReplacementPolicy("Failed")
                        .template(new V1PodTemplateSpec()
                                .metadata(new V1ObjectMeta().labels(labels))
                                .spec(pod)));
    }
}
