package homework.otus.mysql.database;

import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.StaticVolumes;
import homework.otus.mysql.config.OperatorConfiguration;
import homework.otus.mysql.kube.Controller;
import homework.otus.mysql.kube.Controllers;
import homework.otus.mysql.kube.OperatorIdentity;
import homework.otus.mysql.kube.OwnImage;
import homework.otus.mysql.kube.ResourceKinds;
import homework.otus.mysql.kube.ResourceReconciler;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** Wires what is plain Java. */
@Factory
final class DatabaseFactory {
    @Singleton
    Planner planner(OwnImage image, StaticVolumes volumes) {
        return new Planner(image.reference(), volumes);
    }

    @Singleton
    Turns.Restarting restarting() {
        return StatusProjector::restarting;
    }

    @Singleton
    ResourceKinds kinds() {
        return DatabaseKinds.table();
    }

    @Singleton
    Controller<MySQL> controller(Controllers controllers, ResourceReconciler<MySQL> reconciler) {
        return controllers.of(MySQL.class, reconciler);
    }

    @Singleton
    OperatorIdentity identity() {
        return new OperatorIdentity(Labels.OPERATOR, MySQL.GROUP + "/" + Labels.OPERATOR);
    }

    @Singleton
    StaticVolumes staticVolumes(OperatorConfiguration configuration) {
        return new StaticVolumes(configuration.getStaticVolumesPath().strip(), configuration.getNamespace());
    }
}
