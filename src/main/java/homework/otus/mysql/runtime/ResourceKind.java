package homework.otus.mysql.runtime;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.api.MySQLList;
import io.kubernetes.client.common.KubernetesListObject;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentList;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1JobList;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimList;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodList;
import io.kubernetes.client.openapi.models.V1ReplicaSet;
import io.kubernetes.client.openapi.models.V1ReplicaSetList;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1SecretList;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceList;
import java.util.List;
import java.util.Optional;

/** A kind of object that is kept in a cache. */
record ResourceKind<T extends KubernetesObject, L extends KubernetesListObject>(
        Class<T> type,
        Class<L> listType,
        String apiPath,
        String plural,
        Optional<String> labelSelector,
        boolean metadataOnly) {

    private static final String JSON = "application/json";
    /** See https://kubernetes.io/docs/reference/using-api/api-concepts/#metadata-only-fetches */
    private static final String METADATA = JSON + ";g=meta.k8s.io;v=v1;as=PartialObjectMetadata";

    static final String CHILD_SELECTOR = "app.kubernetes.io/managed-by=mysql-operator";

    static final ResourceKind<MySQL, MySQLList> MYSQL = new ResourceKind<>(
            MySQL.class, MySQLList.class, "/apis/" + MySQL.API_VERSION, MySQL.PLURAL, Optional.empty(), false);

    static final List<ResourceKind<?, ?>> ALL = List.of(
            MYSQL,
            child(
                    V1PersistentVolumeClaim.class,
                    V1PersistentVolumeClaimList.class,
                    "/api/v1",
                    "persistentvolumeclaims"),
            child(V1Secret.class, V1SecretList.class, "/api/v1", "secrets"),
            child(V1Service.class, V1ServiceList.class, "/api/v1", "services"),
            child(V1Deployment.class, V1DeploymentList.class, "/apis/apps/v1", "deployments"),
            child(V1ReplicaSet.class, V1ReplicaSetList.class, "/apis/apps/v1", "replicasets"),
            child(V1Pod.class, V1PodList.class, "/api/v1", "pods"),
            child(V1Job.class, V1JobList.class, "/apis/batch/v1", "jobs"),
            // Anybody's Secrets, for a MySQL may name one: that they have changed is all that is watched, not their
            // content.
            new ResourceKind<>(
                    SecretMetadata.class, SecretMetadataList.class, "/api/v1", "secrets", Optional.empty(), true));

    private static <T extends KubernetesObject, L extends KubernetesListObject> ResourceKind<T, L> child(
            Class<T> type, Class<L> listType, String apiPath, String plural) {
        return new ResourceKind<>(type, listType, apiPath, plural, Optional.of(CHILD_SELECTOR), false);
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
