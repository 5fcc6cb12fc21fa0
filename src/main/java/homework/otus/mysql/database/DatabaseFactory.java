package homework.otus.mysql.database;

import homework.otus.mysql.child.StaticVolumes;
import homework.otus.mysql.config.OperatorConfiguration;
import homework.otus.mysql.kube.OwnImage;
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
    StaticVolumes staticVolumes(OperatorConfiguration configuration) {
        return new StaticVolumes(configuration.getStaticVolumesPath().strip(), configuration.getNamespace());
    }
}
