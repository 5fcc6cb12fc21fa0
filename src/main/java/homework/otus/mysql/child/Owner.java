package homework.otus.mysql.child;

import homework.otus.mysql.api.MySQL;
import io.kubernetes.client.openapi.models.V1OwnerReference;

/** The reference by which the garbage collector, and Argo CD's tree, know a child's MySQL object. */
public final class Owner {
    private Owner() {}

    public static V1OwnerReference of(MySQL mysql) {
        return new V1OwnerReference()
                .apiVersion(MySQL.API_VERSION)
                .kind(MySQL.KIND)
                .name(mysql.getMetadata().getName())
                .uid(mysql.getMetadata().getUid())
                .controller(true)
                .blockOwnerDeletion(true);
    }
}
