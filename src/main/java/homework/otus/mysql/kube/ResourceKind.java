package homework.otus.mysql.kube;

import homework.otus.mysql.api.MySQL;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1ReplicaSet;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import java.util.List;
import java.util.Optional;

/** A kind of object that is kept in a cache. */
record ResourceKind<T extends KubernetesObject>(
        Class<T> type, String apiPath, String plural, Optional<String> labelSelector, boolean metadataOnly) {

    private static final String JSON = "application/json";
    /** See https://kubernetes.io/docs/reference/using-api/api-concepts/#metadata-only-fetches */
    private static final String METADATA = JSON + ";g=meta.k8s.io;v=v1;as=PartialObjectMetadata";

    /** That it is there. A label of our own: a policy may well say who manages what. */
    static final String CHILD_SELECTOR = "otus.homework/mysql";

    static final String PASSWORD_SELECTOR = "otus.homework/mysql-password=true";

    static final ResourceKind<MySQL> MYSQL =
            new ResourceKind<>(MySQL.class, "/apis/" + MySQL.API_VERSION, MySQL.PLURAL, Optional.empty(), false);

    static final List<ResourceKind<?>> ALL = List.of(
            MYSQL,
            child(V1PersistentVolumeClaim.class, "/api/v1", "persistentvolumeclaims"),
            child(V1Secret.class, "/api/v1", "secrets"),
            child(V1Service.class, "/api/v1", "services"),
            child(V1Deployment.class, "/apis/apps/v1", "deployments"),
            child(V1ReplicaSet.class, "/apis/apps/v1", "replicasets"),
            child(V1Pod.class, "/api/v1", "pods"),
            child(V1Job.class, "/apis/batch/v1", "jobs"),
            // Users' Secrets that a MySQL may name: that they have changed is all that is watched, not their content.
            new ResourceKind<>(SecretMetadata.class, "/api/v1", "secrets", Optional.of(PASSWORD_SELECTOR), true));

    private static <T extends KubernetesObject> ResourceKind<T> child(Class<T> type, String apiPath, String plural) {
        return new ResourceKind<>(type, apiPath, plural, Optional.of(CHILD_SELECTOR), false);
    }

    String acceptList() {
        return metadataOnly ? METADATA + "List" : JSON;
    }

    String acceptWatch() {
        return metadataOnly ? METADATA : JSON;
    }

    /** @param namespace empty for all */
    String path(String namespace) {
        return apiPath + (namespace.isEmpty() ? "" : "/namespaces/" + namespace) + "/" + plural;
    }
}
