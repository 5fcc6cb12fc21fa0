package homework.otus.mysql.server;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.child.Component;
import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.Names;
import homework.otus.mysql.child.Owner;
import homework.otus.mysql.child.ServerPort;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServicePort;
import io.kubernetes.client.openapi.models.V1ServiceSpec;

/** Where applications find the database: {@code <name>.<namespace>.svc:3306}. */
public final class ServerService {
    private ServerService() {}

    public static V1Service of(MySQL mysql) {
        V1ObjectMeta owner = mysql.getMetadata();
        return new V1Service()
                .apiVersion("v1")
                .kind("Service")
                .metadata(new V1ObjectMeta()
                        .namespace(owner.getNamespace())
                        .name(Names.server(owner.getName()))
                        .labels(Labels.of(owner.getName(), Component.SERVER))
                        .addOwnerReferencesItem(Owner.of(mysql)))
                .spec(new V1ServiceSpec()
                        .selector(ServerDeployment.selector(owner.getName()))
                        .addPortsItem(new V1ServicePort()
                                .name("mysql")
                                .port(ServerPort.NUMBER)
                                .protocol("TCP")
                                .targetPort(new IntOrString("mysql"))));
    }
}
