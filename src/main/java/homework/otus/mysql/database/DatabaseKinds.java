package homework.otus.mysql.database;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.api.SecretKeyRef;
import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.Names;
import homework.otus.mysql.kube.ResourceKind;
import homework.otus.mysql.kube.ResourceKinds;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1PersistentVolume;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1ReplicaSet;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the operator watches and writes. */
public final class DatabaseKinds {
    /**
     * Of what is owned by the MySQL object, and found by its names.
     *
     * @param names of a database's, by the MySQL object's name
     */
    record Owned(ResourceKind<?> kind, Function<String, List<String>> names) {}

    static final List<Owned> OWNED = List.of(
            new Owned(
                    child(V1Secret.class, "", "secrets"),
                    mysql -> List.of(Names.credentials(mysql), Names.binding(mysql))),
            new Owned(child(V1Service.class, "", "services"), mysql -> List.of(Names.server(mysql))));

    /** Each read in a way of its own. */
    private static final List<ResourceKind<?>> OTHERS = List.of(
            ResourceKind.reconciled(MySQL.class, MySQL.GROUP, MySQL.VERSION, MySQL.PLURAL),
            child(V1PersistentVolumeClaim.class, "", "persistentvolumeclaims"),
            child(V1Deployment.class, "apps", "deployments"),
            child(V1ReplicaSet.class, "apps", "replicasets"),
            child(V1Pod.class, "", "pods"),
            child(V1Job.class, "batch", "jobs"),
            // Users' Secrets that a MySQL may name: that they have changed is all that is watched, not their content.
            ResourceKind.noticed("", "v1", "secrets", Labels.MYSQL_PASSWORD + "=true")
                    .mentionedBy(MySQL.class, DatabaseKinds::passwordSecret),
            ResourceKind.written(V1PersistentVolume.class, "", "v1", "persistentvolumes"));

    private DatabaseKinds() {}

    public static ResourceKinds table() {
        return new ResourceKinds(
                Stream.concat(OTHERS.stream(), OWNED.stream().map(Owned::kind)).toList());
    }

    /** Selected by that the label is there. It is one of our own: a policy may well say who manages what. */
    private static <T extends KubernetesObject> ResourceKind<T> child(Class<T> type, String group, String plural) {
        return ResourceKind.watched(type, group, "v1", plural, Labels.MYSQL).concerning(MySQL.class, Labels.MYSQL);
    }

    private static Optional<String> passwordSecret(MySQL mysql) {
        return Optional.ofNullable(mysql.getSpec().getPasswordSecretRef()).map(SecretKeyRef::name);
    }
}
