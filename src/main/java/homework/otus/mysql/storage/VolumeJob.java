package homework.otus.mysql.storage;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.child.Component;
import homework.otus.mysql.child.ContainerNames;
import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.Names;
import homework.otus.mysql.child.Restricted;
import homework.otus.mysql.child.Script;
import homework.otus.mysql.child.StaticVolumes;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1HostPathVolumeSource;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1JobSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.util.List;
import java.util.Map;

/**
 * Makes the folders of a database's {@link StaticVolumes} on the node. It sees the folders of all databases, so it runs in
 * the operator's own namespace, and nothing that a database's owner writes gets into it but the names, which the API
 * server has checked.
 */
public final class VolumeJob {
    /** Long enough to be seen; the folders of a life are made once. */
    private static final int KEPT_SECONDS = 600;

    private VolumeJob() {}

    public static V1Job of(MySQL mysql, StaticVolumes volumes, String operatorImage) {
        V1ObjectMeta owner = mysql.getMetadata();
        V1Container container = new V1Container()
                .name(ContainerNames.JOB)
                .image(operatorImage)
                .command(List.of(
                        "sh",
                        "-c",
                        Script.read("prepare.sh"),
                        "prepare",
                        StaticVolumes.dataFolder(owner),
                        StaticVolumes.backupFolder(owner)))
                .securityContext(Restricted.container())
                .resources(new V1ResourceRequirements()
                        .putRequestsItem("cpu", new Quantity("10m"))
                        .putRequestsItem("memory", new Quantity("16Mi"))
                        .putLimitsItem("cpu", new Quantity("100m"))
                        .putLimitsItem("memory", new Quantity("32Mi")))
                .terminationMessagePolicy("FallbackToLogsOnError")
                .addVolumeMountsItem(new V1VolumeMount().name("volumes").mountPath("/volumes"));
        return new V1Job()
                .apiVersion("batch/v1")
                .kind("Job")
                .metadata(new V1ObjectMeta()
                        .namespace(volumes.operatorNamespace())
                        .name(Names.volumeJob(String.valueOf(owner.getUid())))
                        .labels(Labels.of(owner.getName(), Component.VOLUME)))
                .spec(new V1JobSpec()
                        .backoffLimit(2)
                        .ttlSecondsAfterFinished(KEPT_SECONDS)
                        .template(new V1PodTemplateSpec()
                                .metadata(new V1ObjectMeta().labels(Map.of(Labels.COMPONENT, Component.VOLUME.label())))
                                .spec(new V1PodSpec()
                                        .restartPolicy("Never")
                                        .automountServiceAccountToken(false)
                                        .enableServiceLinks(false)
                                        .securityContext(Restricted.pod(null))
                                        .addContainersItem(container)
                                        .addVolumesItem(new V1Volume()
                                                .name("volumes")
                                                .hostPath(new V1HostPathVolumeSource()
                                                        .path(volumes.path())
                                                        .type("Directory"))))));
    }
}
