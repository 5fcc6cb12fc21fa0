package homework.otus.mysql.server;

import homework.otus.mysql.child.Labels;
import homework.otus.mysql.child.Ownership;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.Server;
import homework.otus.mysql.observe.ServerVariant;
import homework.otus.mysql.observe.Variants;
import homework.otus.mysql.step.Action;
import homework.otus.mysql.step.Advance;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What mysqld takes when it is asked, it may not serve with, as where it asks for more memory than there is. After the
 * deadline the last configuration that served is put back, and the failed one isn't tried again until the user asks for
 * something else. The image stays: MySQL can't go back after an upgrade.
 */
final class ConfigFallback {
    private ConfigFallback() {}

    /** What is asked for now was tried and did not serve. */
    static Optional<FailedConfig> failed(Observed observed) {
        V1PersistentVolumeClaim claim = observed.data().object();
        return claim == null
                ? Optional.empty()
                : FailedConfig.parse(Ownership.annotations(claim).get(Labels.FAILED_CONFIG))
                        .filter(failed -> asked(observed).equals(failed.asked()));
    }

    private static String asked(Observed observed) {
        return ServerDeployment.asked(observed.mysql(), Variants.wanted(observed));
    }

    /** @param serve in the place of what is wanted; null: just that */
    record Fallback(@Nullable ServerVariant serve, Advance advance) {}

    static Fallback decide(Observed observed) {
        ServerVariant wanted = Variants.wanted(observed);
        ServerVariant served = Variants.lastServed(observed);
        if (served == null || served.config().equals(wanted.config())) {
            return new Fallback(null, Advance.NONE);
        }
        ServerVariant fallback = new ServerVariant(wanted.image(), served.config());
        if (failed(observed).isPresent()) {
            return new Fallback(fallback, Advance.NONE);
        }
        V1PersistentVolumeClaim claim = observed.data().object();
        if (claim == null
                || !wanted.equals(observed.server().variant())
                || observed.server().rollout() != Server.Rollout.LATE
                || observed.server().ready()) {
            return new Fallback(null, Advance.NONE);
        }
        FailedConfig failed =
                new FailedConfig(asked(observed), observed.server().trouble().ended());
        return new Fallback(
                fallback,
                Advance.of(
                        Serving.SERVED, Action.PatchMetadata.annotate(claim, Labels.FAILED_CONFIG, failed.toJson())));
    }
}
