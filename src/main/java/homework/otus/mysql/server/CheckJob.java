package homework.otus.mysql.server;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.child.Component;
import homework.otus.mysql.child.ContainerNames;
import homework.otus.mysql.child.Digest;
import homework.otus.mysql.child.JobRun;
import homework.otus.mysql.child.JobTemplate;
import homework.otus.mysql.child.Names;
import homework.otus.mysql.child.Restricted;
import homework.otus.mysql.child.Script;
import homework.otus.mysql.child.Verbatim;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.ServerVariant;
import homework.otus.mysql.observe.Variants;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks whether the server may be stopped for another image or configuration: the image can be pulled, its mysqld takes
 * the configuration, and of what versions both images are. It mounts no volume.
 */
public final class CheckJob {
    private CheckJob() {}

    /** The one that there is, whatever it checks. */
    static JobRun any(Observed observed) {
        return observed.job(Names.checkJob(observed.name()));
    }

    /** The one that checks what is wanted now; another is ignored. */
    static JobRun run(Observed observed) {
        return any(observed).doing(task(Variants.ofData(observed), Variants.wanted(observed)));
    }

    /** The task of checking exactly this. */
    public static String task(String presentImage, ServerVariant wanted) {
        return Digest.of(List.of(presentImage, wanted.image(), wanted.configText()));
    }

    /** @param attempt from 1 */
    public static V1Job of(MySQL mysql, String presentImage, ServerVariant wanted, String dataClaimUid, int attempt) {
        V1ObjectMeta owner = mysql.getMetadata();
        return JobTemplate.of(
                mysql,
                Names.checkJob(owner.getName()),
                Component.CHECK,
                new JobTemplate.Purpose(task(presentImage, wanted), dataClaimUid, null, attempt),
                JobTemplate.pod(mysql)
                        .addContainersItem(container(ContainerNames.PRESENT, presentImage, List.of()))
                        .addContainersItem(container(ContainerNames.WANTED, wanted.image(), wanted.options())));
    }

    private static V1Container container(String name, String image, List<String> options) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", Script.withRefusal("check.sh"), "check"));
        command.addAll(options);
        return new V1Container()
                .name(name)
                .image(image)
                .command(Verbatim.of(command))
                .securityContext(Restricted.container())
                .addVolumeMountsItem(new V1VolumeMount().name("tmp").mountPath("/tmp"));
    }
}
