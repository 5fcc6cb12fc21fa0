package homework.otus.mysql.server;

import homework.otus.mysql.child.Labels;
import homework.otus.mysql.observe.Observed;
import homework.otus.mysql.observe.Server;
import homework.otus.mysql.observe.ServerVariant;
import homework.otus.mysql.observe.Variants;
import homework.otus.mysql.step.Action;
import homework.otus.mysql.step.Actions;
import homework.otus.mysql.step.Capability;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What mysqld takes when it is asked, it may not serve with, as where it asks for more memory than there is. After the
 * deadline the last configuration that served is put back, and the failed one isn't tried again until the user asks for
 * something else. The image stays: MySQL can't go back after an upgrade.
 */
public final class ConfigFallback {
    private ConfigFallback() {}

    /** What is asked for now was tried and did not serve. */
    public static Optional<FailedConfig> failed(Observed o) {
        V1PersistentVolumeClaim claim = o.data().object();
        Map<String, String> annotations =
                claim == null ? null : claim.getMetadata().getAnnotations();
        return annotations == null
                ? Optional.empty()
                : FailedConfig.parse(annotations.get(Labels.FAILED_CONFIG))
                        .filter(failed -> asked(o).equals(failed.asked()));
    }

    private static String asked(Observed o) {
        return ServerDeployment.asked(o.mysql(), Variants.wanted(o));
    }

    /** What is to be served in the place of what is wanted; null: just that. */
    static @Nullable ServerVariant of(Observed o, Actions actions) {
        ServerVariant wanted = Variants.wanted(o);
        ServerVariant served = Variants.lastServed(o);
        if (served == null || served.config().equals(wanted.config())) {
            return null;
        }
        ServerVariant fallback = new ServerVariant(wanted.image(), served.config());
        if (failed(o).isPresent()) {
            return fallback;
        }
        V1PersistentVolumeClaim claim = o.data().object();
        if (claim == null
                || !wanted.equals(o.server().variant())
                || o.server().rollout() != Server.Rollout.LATE
                || o.server().ready()) {
            return null;
        }
        FailedConfig failed = new FailedConfig(asked(o), o.server().trouble().ended());
        actions.of(Capability.SERVED)
                .add(new Action.PatchMetadata(claim, null, Map.of(), Map.of(Labels.FAILED_CONFIG, failed.toJson())));
        actions.need(Capability.SERVER, Capability.SERVED);
        return fallback;
    }
}
