package homework.otus.mysql.reconcile;

import homework.otus.mysql.config.OperatorConfiguration;
import homework.otus.mysql.manifest.StaticVolumes;
import homework.otus.mysql.plan.Planner;
import homework.otus.mysql.runtime.OwnImage;
import homework.otus.mysql.runtime.Turns;
import homework.otus.mysql.status.StatusProjector;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** Wires what is plain Java. */
@Factory
final class ReconcileFactory {
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
