package homework.otus.mysql.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How the operator runs: the keys below {@code operator}. */
@ConfigurationProperties("operator")
public interface OperatorConfiguration {

    /** The namespaces to serve; empty for all. */
    @Bindable(defaultValue = "")
    List<String> getWatchNamespaces();

    /** {@link #getWatchNamespaces} without what an empty environment variable leaves behind. */
    default List<String> watchedNamespaces() {
        return getWatchNamespaces().stream()
                .map(String::strip)
                .filter(namespace -> !namespace.isEmpty())
                .distinct()
                .toList();
    }

    /** The operator's own namespace, where its Pod and its lease are. */
    @NotBlank
    String getNamespace();

    /** The operator's own Pod; absent outside a cluster. */
    Optional<String> getPodName();

    /** The image that Jobs run; when absent, the one of the operator's own Pod. */
    Optional<String> getImage();

    /**
     * A folder on the node below which the operator makes volumes itself, for databases without a storage class; empty: it
     * makes none.
     */
    @NotNull
    @Pattern(regexp = "\\s*|/.*", message = "has to be an absolute path")
    @Bindable(defaultValue = "")
    String getStaticVolumesPath();

    /** How many resources of a kind are reconciled at the same time. */
    @Min(1)
    @Bindable(defaultValue = "4")
    int getWorkers();

    /**
     * How many databases are restarted at a time where a newer operator makes their Pods otherwise; 0: none, until its user
     * asks for a restart.
     */
    @Min(0)
    @Bindable(defaultValue = "1")
    int getRestartsAtOnce();

    /** How often every resource is planned again without an event, as a safety net. */
    @NotNull
    @Bindable(defaultValue = "10m")
    Duration getResyncPeriod();

    /** How long a shutdown waits for running reconciles. */
    @NotNull
    @Bindable(defaultValue = "15s")
    Duration getShutdownTimeout();

    @NotNull
    Lease getLease();

    /** The lease that makes one replica the leader. */
    @ConfigurationProperties("lease")
    interface Lease {
        @NotBlank
        @Bindable(defaultValue = "mysql-operator")
        String getName();

        /** How long a replica that fell silent stays the leader. */
        @NotNull
        @Bindable(defaultValue = "10s")
        Duration getDuration();

        /** How long the leader tries to renew before it gives up; shorter than the duration. */
        @NotNull
        @Bindable(defaultValue = "7s")
        Duration getRenewDeadline();

        /** How long between two tries; shorter than the deadline. */
        @NotNull
        @Bindable(defaultValue = "2s")
        Duration getRetryPeriod();
    }
}
