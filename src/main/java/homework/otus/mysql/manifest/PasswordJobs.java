package homework.otus.mysql.manifest;

import homework.otus.mysql.api.MySQL;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1SecretVolumeSource;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.util.List;

/**
 * The Jobs that give the running server another root password, in two steps: first it takes both, and when the Secret
 * holds the new one it forgets the old one. So at every instant a password works that the Secret holds.
 *
 * @param operatorImage the image that the Jobs run
 */
public record PasswordJobs(String operatorImage) {
    private static final String DIRECTORY = "/run/credentials";

    /** A step of a change. */
    public enum Step {
        CHANGE,
        DISCARD;

        /** The step's task, of the revision that the change leads to. */
        public String task(long revision) {
            return word() + "-" + revision;
        }

        private String word() {
            return this == CHANGE ? "change" : "discard";
        }
    }

    /**
     * @param revision that the change leads to; the Job waits until its mounted Secret shows it
     * @param attempt from 1
     */
    public V1Job of(MySQL mysql, Step step, long revision, String dataClaimUid, int attempt) {
        V1ObjectMeta owner = mysql.getMetadata();
        V1PodSpec pod = JobTemplate.pod(mysql)
                .addContainersItem(JobTemplate.container(
                        operatorImage,
                        "homework.otus.mysql.password.PasswordJob",
                        List.of(
                                "--name=" + owner.getName(),
                                "--host=" + Names.server(owner.getName()),
                                "--port=" + ServerDeployment.PORT,
                                "--secret=" + DIRECTORY,
                                "--life=" + owner.getUid(),
                                "--revision=" + revision,
                                "--step=" + step.word()),
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
}
