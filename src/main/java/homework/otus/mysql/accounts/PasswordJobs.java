package homework.otus.mysql.accounts;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.child.Component;
import homework.otus.mysql.child.JobTemplate;
import homework.otus.mysql.child.Names;
import homework.otus.mysql.child.ServerPort;
import homework.otus.mysql.program.password.PasswordJob;
import homework.otus.mysql.program.password.PasswordRequest;
import homework.otus.mysql.program.password.PasswordTask;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1JobSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1SecretVolumeSource;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The Jobs that give the running server another root password, in two steps: first it takes both, and when the Secret
 * holds the new one it forgets the old one. So at every instant a password works that the Secret holds. And one that
 * makes all accounts what they should be where the server's own start could not, and says why.
 *
 * @param operatorImage the image that the Jobs run
 */
public record PasswordJobs(String operatorImage) {
    private static final String DIRECTORY = "/run/credentials";
    private static final Duration CHANGING = Duration.ofSeconds(180);
    /** A server that recovers doesn't answer for long, and is asked again later. */
    private static final Duration ENSURING = Duration.ofSeconds(20);

    /**
     * @param revision that the change leads to; the Job waits until its mounted Secret shows it
     * @param server the address of the server's own Pod: the Service leads to whoever has the right labels
     * @param attempt from 1
     */
    public V1Job of(MySQL mysql, PasswordTask step, long revision, String server, String dataClaimUid, int attempt) {
        V1ObjectMeta owner = mysql.getMetadata();
        PasswordRequest request = new PasswordRequest(
                String.valueOf(owner.getName()),
                server,
                ServerPort.NUMBER,
                Path.of(DIRECTORY),
                String.valueOf(owner.getUid()),
                revision,
                step,
                step == PasswordTask.ENSURE ? ENSURING : CHANGING);
        V1PodSpec pod = JobTemplate.pod(mysql)
                .addContainersItem(JobTemplate.container(
                        operatorImage,
                        PasswordJob.class,
                        request.toArguments(),
                        List.of(new V1VolumeMount()
                                .name("credentials")
                                .mountPath(DIRECTORY)
                                .readOnly(true))))
                .addVolumesItem(new V1Volume()
                        .name("credentials")
                        .secret(new V1SecretVolumeSource()
                                .secretName(Names.credentials(owner.getName()))
                                .defaultMode(0440)));
        return JobTemplate.of(
                mysql,
                Names.passwordJob(owner.getName()),
                Component.PASSWORD,
                new JobTemplate.Purpose(step.task(revision), dataClaimUid, null, attempt),
                pod);
    }

    /** Whether a Job of this name was made for the server at this address. */
    public static boolean reaches(V1Job job, String server) {
        V1JobSpec spec = job.getSpec();
        V1PodSpec pod = spec == null ? null : spec.getTemplate().getSpec();
        return pod != null
                && pod.getContainers().stream()
                        .map(V1Container::getCommand)
                        .anyMatch(command -> command != null && command.contains(PasswordRequest.hostArgument(server)));
    }
}
