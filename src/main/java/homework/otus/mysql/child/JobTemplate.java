package homework.otus.mysql.child;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.program.Arguments;
import homework.otus.mysql.program.Job;
import io.kubernetes.client.openapi.models.V1Affinity;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1JobSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What all Jobs of a database have in common. */
public final class JobTemplate {
    /** A condition of a Job that the operator had to end: how its programs ended. */
    public static final String PROGRAM_ENDED = "otus.homework/ProgramEnded";

    /**
     * What a Job is for. Names are fixed and finished Jobs are kept for inspection: a Job counts only where all of this fits.
     *
     * @param task what is done, unique in the MySQL object's life; it becomes a label
     * @param dataClaimUid whose rows it is about
     * @param backupClaimUid of the backup claim that it mounts; null where it mounts none
     * @param attempt from 1
     */
    public record Purpose(
            String task, String dataClaimUid, @Nullable String backupClaimUid, int attempt) {}

    private JobTemplate() {}

    public static V1Job of(MySQL mysql, String name, Component component, Purpose purpose, V1PodSpec pod) {
        V1ObjectMeta owner = mysql.getMetadata();
        Map<String, String> labels = new LinkedHashMap<>(Labels.of(owner.getName(), component));
        labels.put(Labels.MYSQL_UID, owner.getUid());
        labels.put(Labels.DATA_CLAIM_UID, purpose.dataClaimUid());
        if (purpose.backupClaimUid() != null) {
            labels.put(Labels.BACKUP_CLAIM_UID, purpose.backupClaimUid());
        }
        labels.put(Labels.TASK, purpose.task());
        labels.put(Labels.ATTEMPT, Integer.toString(purpose.attempt()));
        labels.put(Labels.GENERATION, String.valueOf(owner.getGeneration()));
        Stream.of(pod.getInitContainers(), pod.getContainers())
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .forEach(container ->
                        container.resources(JobResources.of(mysql.getSpec().getJobResources())));
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

    /** With a scratch volume {@code tmp}. */
    public static V1PodSpec pod(MySQL mysql) {
        V1PodSpec pod = new V1PodSpec()
                .restartPolicy("Never")
                .automountServiceAccountToken(false)
                .enableServiceLinks(false)
                .addVolumesItem(Volumes.scratch("tmp"));
        V1Affinity affinity = mysql.getSpec().getAffinity();
        if (affinity != null && affinity.getNodeAffinity() != null) {
            // Not to Pods: a Job runs where its volumes are, and a server's wish to be away from others isn't the
            // Job's.
            pod.affinity(new V1Affinity().nodeAffinity(affinity.getNodeAffinity()));
        }
        return Placement.place(pod, mysql.getSpec());
    }

    /** Runs one of the operator's own programs. */
    public static V1Container container(
            String operatorImage, Class<?> main, List<String> arguments, List<V1VolumeMount> mounts) {
        List<String> command = new ArrayList<>(List.of("java", "@/app/java.options", main.getName()));
        command.addAll(Arguments.format(Map.of(Job.TERMINATION_LOG, Job.DEFAULT_TERMINATION_LOG)));
        command.addAll(arguments);
        List<V1VolumeMount> all = new ArrayList<>(mounts);
        all.add(new V1VolumeMount().name("tmp").mountPath("/tmp"));
        return new V1Container()
                .name(ContainerNames.JOB)
                .image(operatorImage)
                .command(Verbatim.of(command))
                .securityContext(Restricted.container())
                .volumeMounts(all);
    }
}
