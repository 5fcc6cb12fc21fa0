package homework.otus.mysql.server;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.api.MySQLSpec;
import homework.otus.mysql.child.Component;
import homework.otus.mysql.child.ContainerNames;
import homework.otus.mysql.child.CredentialFiles;
import homework.otus.mysql.child.Digest;
import homework.otus.mysql.child.Folders;
import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.Names;
import homework.otus.mysql.child.Owner;
import homework.otus.mysql.child.Ownership;
import homework.otus.mysql.child.Placement;
import homework.otus.mysql.child.Restricted;
import homework.otus.mysql.child.ServerPort;
import homework.otus.mysql.child.Verbatim;
import homework.otus.mysql.child.Volumes;
import homework.otus.mysql.observe.ServedMark;
import homework.otus.mysql.observe.ServerVariant;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ContainerPort;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentSpec;
import io.kubernetes.client.openapi.models.V1DeploymentStrategy;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1ExecAction;
import io.kubernetes.client.openapi.models.V1KeyToPath;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1Probe;
import io.kubernetes.client.openapi.models.V1SecretVolumeSource;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The database server. {@code Recreate}: no two templates run at once. InnoDB's lock keeps a replaced
 * Pod's server and its successor apart.
 *
 * <p>Its init container looks at the volume before anything is served and mounts the backup claim too, so that claims
 * that wait for their first consumer are bound at once and in one zone.
 */
public final class ServerDeployment {
    private static final String CONFIG = "/etc/mysql-operator";
    private static final String SOCKET_DIRECTORY = "/var/run/mysqld";

    /** A clean shutdown flushes the buffer pool: cutting it off costs a crash recovery at the next start. */
    private static final long SHUTDOWN_SECONDS = 300;

    /** InnoDB's crash recovery may take long after a kill under load; one probe a second. */
    private static final int RECOVERY_SECONDS = 6 * 60 * 60;

    /** Where the user says nothing. */
    private static final int USUAL_DEADLINE = 600;

    private ServerDeployment() {}

    /** @param credentials their identity: a server that was started with others is started anew */
    public static V1Deployment of(MySQL mysql, ServerVariant variant, Folders folders, String credentials) {
        V1Deployment deployment = undigested(mysql, variant, folders, credentials);
        // What runs is read from here, never from what admission has made of the template.
        deployment
                .getMetadata()
                .putAnnotationsItem(Labels.VARIANT, ServedMark.of(variant).toJson())
                .putAnnotationsItem(Labels.ASKED, asked(mysql, variant));
        // Comparing with what is there shows what is missing, not what is no longer wanted.
        deployment.getMetadata().putAnnotationsItem(Labels.DIGEST, Digest.of(deployment.getSpec()));
        return deployment;
    }

    /**
     * A digest of what the user asks for of the Deployment, whatever an operator makes of it. Every release has to make the
     * same one of the same spec: where it differs, the user wants something else, and the server is started anew at once. So
     * a field that a later release adds is left out where the user says nothing.
     */
    public static String asked(MySQL mysql, ServerVariant variant) {
        MySQLSpec spec = mysql.getSpec();
        int deadline = spec.getImageChange().progressDeadlineSeconds();
        Map<String, @Nullable Object> asked = new TreeMap<>();
        asked.put("image", variant.image());
        asked.put("config", variant.config());
        asked.put("resources", spec.getResources());
        asked.put("nodeSelector", spec.getNodeSelector());
        asked.put("tolerations", spec.getTolerations());
        asked.put("affinity", spec.getAffinity());
        asked.put("priorityClassName", spec.getPriorityClassName());
        asked.put("imagePullSecrets", spec.getImagePullSecrets());
        asked.put("podSecurityContext", spec.getPodSecurityContext());
        asked.put("progressDeadlineSeconds", deadline == USUAL_DEADLINE ? null : deadline);
        asked.put("restartedAt", restartedAt(mysql.getMetadata()));
        // Null is left out by Gson.
        return Digest.of(asked);
    }

    private static @Nullable String restartedAt(V1ObjectMeta owner) {
        return Ownership.annotations(owner).get(Labels.RESTARTED_AT);
    }

    private static V1Deployment undigested(MySQL mysql, ServerVariant variant, Folders folders, String credentials) {
        V1ObjectMeta owner = mysql.getMetadata();
        return new V1Deployment()
                .apiVersion("apps/v1")
                .kind("Deployment")
                .metadata(new V1ObjectMeta()
                        .namespace(owner.getNamespace())
                        .name(Names.server(owner.getName()))
                        .labels(Labels.of(owner.getName(), Component.SERVER))
                        .addOwnerReferencesItem(Owner.of(mysql)))
                .spec(new V1DeploymentSpec()
                        .replicas(1)
                        .strategy(new V1DeploymentStrategy().type("Recreate"))
                        // Nobody goes back by ReplicaSet, and with a template that it has had before, a Deployment's
                        // status says nothing of a rollout, nor of its deadline.
                        .revisionHistoryLimit(0)
                        .progressDeadlineSeconds(
                                mysql.getSpec().getImageChange().progressDeadlineSeconds())
                        .selector(new V1LabelSelector().matchLabels(selector(owner.getName())))
                        .template(new V1PodTemplateSpec()
                                .metadata(new V1ObjectMeta()
                                        .labels(Labels.with(
                                                Labels.of(owner.getName(), Component.SERVER),
                                                Labels.APP,
                                                owner.getName()))
                                        .annotations(podAnnotations(owner, variant, credentials)))
                                .spec(pod(mysql, variant, folders))));
    }

    private static Map<String, String> podAnnotations(V1ObjectMeta owner, ServerVariant variant, String credentials) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("kubectl.kubernetes.io/default-container", ContainerNames.SERVER);
        annotations.put(Labels.CONFIG, variant.configText());
        annotations.put(Labels.CREDENTIALS, credentials);
        // Not kubectl's annotation: what `kubectl rollout restart` writes into the Deployment would be corrected, which
        // is a second restart.
        String restartedAt = restartedAt(owner);
        if (restartedAt != null) {
            annotations.put(Labels.RESTARTED_AT, restartedAt);
        }
        return annotations;
    }

    static Map<String, String> selector(String mysql) {
        Map<String, String> selector = new LinkedHashMap<>();
        selector.put(Labels.APP, mysql);
        selector.put(Labels.MYSQL, mysql);
        return selector;
    }

    private static V1PodSpec pod(MySQL mysql, ServerVariant variant, Folders folders) {
        String name = mysql.getMetadata().getName();
        MySQLSpec spec = mysql.getSpec();
        V1PodSpec pod = new V1PodSpec()
                .automountServiceAccountToken(false)
                .enableServiceLinks(false)
                .terminationGracePeriodSeconds(SHUTDOWN_SECONDS)
                // As process 1, mysqld would miss a SIGTERM that comes before its handler is there, and be killed only
                // when the grace period is over: Linux has no default action for process 1.
                .shareProcessNamespace(true)
                .affinity(spec.getAffinity())
                .addInitContainersItem(initialise(spec, variant, folders))
                .addContainersItem(server(spec, variant, folders))
                .volumes(List.of(
                        Volumes.claim("data", Names.dataClaim(name)),
                        Volumes.claim("backups", Names.backupClaim(name)),
                        new V1Volume()
                                .name("config")
                                .secret(new V1SecretVolumeSource()
                                        .secretName(Names.credentials(name))
                                        .defaultMode(0440)
                                        .items(CredentialFiles.ALL.stream()
                                                .map(ServerDeployment::file)
                                                .toList())),
                        Volumes.scratch("tmp"),
                        Volumes.scratch("run")));
        return Placement.place(pod, spec);
    }

    private static V1Container initialise(MySQLSpec spec, ServerVariant variant, Folders folders) {
        List<String> command = new ArrayList<>(List.of("sh", CONFIG + "/" + CredentialFiles.INITIALISE));
        command.addAll(variant.options());
        return new V1Container()
                .name(ContainerNames.INITIALISE)
                .image(variant.image())
                .securityContext(Restricted.container())
                .resources(spec.getResources())
                .command(Verbatim.of(command))
                .volumeMounts(List.of(
                        folders.dataMount("/volume"),
                        folders.backupsMount("/backups").readOnly(true),
                        configMount(),
                        tmpMount(),
                        runMount()));
    }

    private static V1Container server(MySQLSpec spec, ServerVariant variant, Folders folders) {
        List<String> arguments = new ArrayList<>(List.of(
                "--datadir=/var/lib/mysql",
                "--socket=" + SOCKET_DIRECTORY + "/mysqld.sock",
                "--pid-file=" + SOCKET_DIRECTORY + "/mysqld.pid",
                "--init-file=" + CONFIG + "/" + CredentialFiles.INIT_SQL,
                // The binary logs are for crash recovery and the archive: a day of them is plenty.
                "--max-binlog-size=100M",
                "--loose-binlog-expire-logs-seconds=86400",
                // The Service has no port for the X protocol.
                "--loose-mysqlx=OFF"));
        // Last, so that they win over the two above that are only defaults.
        arguments.addAll(variant.options());
        return new V1Container()
                .name(ContainerNames.SERVER)
                .image(variant.image())
                .securityContext(Restricted.container())
                .resources(spec.getResources())
                .command(List.of("mysqld"))
                .args(Verbatim.of(arguments))
                // What mysqld said last is told where it ends with an error.
                .terminationMessagePolicy("FallbackToLogsOnError")
                .addEnvItem(new V1EnvVar().name("MYSQL_HOME").value(CONFIG))
                .addPortsItem(new V1ContainerPort()
                        .name("mysql")
                        .containerPort(ServerPort.NUMBER)
                        .protocol("TCP"))
                // Passes only when the accounts are what they should be, and not before mysqld answers.
                .startupProbe(probe("sh", CONFIG + "/" + CredentialFiles.ACCOUNTS)
                        .timeoutSeconds(30)
                        .periodSeconds(1)
                        .failureThreshold(RECOVERY_SECONDS))
                .readinessProbe(ping().periodSeconds(10).failureThreshold(2))
                .livenessProbe(ping().periodSeconds(30).failureThreshold(4))
                .volumeMounts(
                        List.of(folders.dataDirectoryMount("/var/lib/mysql"), configMount(), tmpMount(), runMount()));
    }

    /**
     * As the operator's account, because refused logins lock accounts or delay them; mysqladmin takes "access denied" for
     * an answer all the same. TCP, because the Service's clients use it.
     */
    private static V1Probe ping() {
        return probe(
                        "mysqladmin",
                        "--defaults-file=" + CONFIG + "/" + CredentialFiles.OPERATOR_CNF,
                        "ping",
                        "--host=127.0.0.1",
                        "--protocol=tcp",
                        "--connect-timeout=4")
                .timeoutSeconds(5);
    }

    private static V1Probe probe(String... command) {
        return new V1Probe().exec(new V1ExecAction().command(List.of(command)));
    }

    private static V1KeyToPath file(String name) {
        return new V1KeyToPath().key(name).path(name);
    }

    private static V1VolumeMount configMount() {
        return new V1VolumeMount().name("config").mountPath(CONFIG).readOnly(true);
    }

    private static V1VolumeMount tmpMount() {
        return new V1VolumeMount().name("tmp").mountPath("/tmp");
    }

    private static V1VolumeMount runMount() {
        return new V1VolumeMount().name("run").mountPath(SOCKET_DIRECTORY);
    }
}
