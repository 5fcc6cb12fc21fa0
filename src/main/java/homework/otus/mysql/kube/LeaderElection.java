package homework.otus.mysql.kube;

import homework.otus.mysql.config.OperatorConfiguration;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoordinationV1Api;
import io.kubernetes.client.openapi.models.V1Lease;
import io.kubernetes.client.openapi.models.V1LeaseSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.micronaut.context.event.ApplicationEventPublisher;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes at most one replica the leader, by a Lease, as client-go does: whoever holds it renews it; a candidate takes it
 * when it has not seen it change for as long as the holder promised.
 *
 * <p>client-java's elector is not used because it believes the wall clock, keeps a lease that another has taken until its
 * deadline, fails on a Lease without a spec, and tells of success up to a retry period late. Here every span of time is
 * measured by {@link NanoClock}, which also sees the time for which the process was stopped.
 */
@Singleton
final class LeaderElection {
    private static final Logger LOG = LoggerFactory.getLogger(LeaderElection.class);

    private final CoordinationV1Api api;
    private final OperatorConfiguration.Lease timing;
    private final String namespace;
    private final String identity;
    private final Leadership leadership;
    private final ApplicationEventPublisher<Object> events;
    private final NanoClock nanoClock;
    private final Clock clock;

    private boolean stopped;
    private boolean leading;
    private long renewedAt;
    private @Nullable V1Lease lease;
    private long observedAt;

    LeaderElection(
            ApiClients clients,
            OperatorConfiguration configuration,
            Leadership leadership,
            ApplicationEventPublisher<Object> events,
            NanoClock nanoClock,
            Clock clock) {
        this.api = new CoordinationV1Api(clients.lease());
        this.timing = configuration.getLease();
        this.namespace = configuration.getNamespace();
        // The Pod's name is the same after its container's restart, but the process is another.
        this.identity =
                configuration.getPodName().filter(pod -> !pod.isBlank()).orElse("operator") + "_" + UUID.randomUUID();
        this.leadership = leadership;
        this.events = events;
        this.nanoClock = nanoClock;
        this.clock = clock;
        requireOrder(timing);
    }

    static void requireOrder(OperatorConfiguration.Lease timing) {
        if (timing.getRetryPeriod().compareTo(timing.getRenewDeadline()) >= 0
                || timing.getRenewDeadline().compareTo(timing.getDuration()) >= 0) {
            throw new IllegalArgumentException(
                    "operator.lease: retry-period must be shorter than renew-deadline, and that"
                            + " shorter than duration, but they are " + timing.getRetryPeriod() + ", "
                            + timing.getRenewDeadline()
                            + " and " + timing.getDuration());
        }
    }

    /** Stands for election, and renews when elected, until the lease is lost or {@link #release} is called. */
    synchronized void run() throws InterruptedException {
        while (!stopped) {
            tick();
            if (!stopped) {
                wait(timing.getRetryPeriod().toMillis());
            }
        }
    }

    /** One look at the lease and what follows from it. */
    synchronized void tick() {
        if (stopped) {
            return;
        }
        long startedAt = nanoClock.nanoTime();
        if (leading && startedAt - renewedAt > timing.getDuration().toNanos()) {
            lose("it ran out while this process stood still");
            return;
        }
        try {
            if (leading) {
                renew(startedAt);
            } else {
                stand();
            }
        } catch (ApiException e) {
            LOG.warn(
                    "The lease {}/{} cannot be {}: {}",
                    namespace,
                    timing.getName(),
                    leading ? "renewed" : "read",
                    reason(e));
        }
        if (leading
                && nanoClock.nanoTime() - renewedAt > timing.getRenewDeadline().toNanos()) {
            lose("it could not be renewed for " + timing.getRenewDeadline().toSeconds() + " s");
        }
    }

    /** Ends the candidature; a leader hands the lease back, so that another need not wait for it to run out. */
    synchronized void release() {
        stopped = true;
        notifyAll();
        leadership.lost();
        if (!leading || lease == null) {
            return;
        }
        leading = false;
        try {
            V1LeaseSpec spec = spec(Optional.ofNullable(lease.getSpec()).orElseGet(V1LeaseSpec::new));
            api.replaceNamespacedLease(
                            timing.getName(),
                            namespace,
                            lease.spec(spec.holderIdentity("").leaseDurationSeconds(1)))
                    .execute();
            LOG.info("Released the lease {}/{}", namespace, timing.getName());
        } catch (ApiException e) {
            LOG.warn("The lease {}/{} could not be released: {}", namespace, timing.getName(), reason(e));
        }
    }

    private void renew(long startedAt) throws ApiException {
        V1Lease mine = lease == null ? new V1Lease() : lease;
        try {
            lease = api.replaceNamespacedLease(timing.getName(), namespace, copy(mine, spec(mine.getSpec())))
                    .execute();
            held(startedAt);
        } catch (ApiException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                // Deleted by hand: no other can hold it, unless it was made anew, which answers 409.
                lease = create();
                held(startedAt);
            } else if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                V1Lease found = read();
                if (!identity.equals(holder(found))) {
                    lose("it is held by " + (holder(found).isEmpty() ? "nobody" : holder(found)));
                }
                lease = found;
            } else {
                throw e;
            }
        }
    }

    private void stand() throws ApiException {
        V1Lease found;
        try {
            found = read();
        } catch (ApiException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
            take(this::create);
            return;
        }
        if (lease == null || !version(found).equals(version(lease))) {
            if (lease == null || !holder(found).equals(holder(lease))) {
                LOG.info(
                        "The lease {}/{} is held by {}",
                        namespace,
                        timing.getName(),
                        holder(found).isEmpty() ? "nobody" : holder(found));
            }
            lease = found;
            observedAt = nanoClock.nanoTime();
        }
        if (holder(found).isEmpty()
                || nanoClock.nanoTime() - observedAt > promised(found).toNanos()) {
            V1LeaseSpec old = found.getSpec();
            int transitions = old == null || old.getLeaseTransitions() == null ? 0 : old.getLeaseTransitions();
            V1LeaseSpec spec = spec(null).leaseTransitions(transitions + 1);
            take(() -> api.replaceNamespacedLease(timing.getName(), namespace, copy(found, spec))
                    .execute());
        }
    }

    private void take(Call call) throws ApiException {
        long startedAt = nanoClock.nanoTime();
        try {
            lease = call.execute();
        } catch (ApiException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return; // another was faster
            }
            throw e;
        }
        leading = true;
        held(startedAt);
        LOG.info("Acquired the lease {}/{} as {}", namespace, timing.getName(), identity);
        events.publishEvent(new LeaseAcquiredEvent(identity));
    }

    private void held(long startedAt) {
        renewedAt = startedAt;
        leadership.renewed(startedAt);
    }

    private void lose(String reason) {
        leading = false;
        stopped = true;
        leadership.lost();
        events.publishEvent(new LeaseLostEvent(identity, reason));
    }

    private V1Lease read() throws ApiException {
        return api.readNamespacedLease(timing.getName(), namespace).execute();
    }

    private V1Lease create() throws ApiException {
        V1ObjectMeta meta = new V1ObjectMeta().name(timing.getName()).namespace(namespace);
        return api.createNamespacedLease(namespace, new V1Lease().metadata(meta).spec(spec(null)))
                .execute();
    }

    /** Ours, renewed now; keeps since when we hold it and how often it changed hands. */
    private V1LeaseSpec spec(@Nullable V1LeaseSpec before) {
        OffsetDateTime now = OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        return new V1LeaseSpec()
                .holderIdentity(identity)
                .leaseDurationSeconds(Math.toIntExact(timing.getDuration().toSeconds()))
                .acquireTime(before == null ? now : before.getAcquireTime())
                .renewTime(now)
                .leaseTransitions(before == null ? 0 : before.getLeaseTransitions());
    }

    /** With the resourceVersion of what was read, so that the API server refuses it when another was faster. */
    private static V1Lease copy(V1Lease read, V1LeaseSpec spec) {
        return new V1Lease().metadata(read.getMetadata()).spec(spec);
    }

    private Duration promised(V1Lease found) {
        V1LeaseSpec spec = found.getSpec();
        return spec == null || spec.getLeaseDurationSeconds() == null
                ? timing.getDuration()
                : Duration.ofSeconds(spec.getLeaseDurationSeconds());
    }

    private static String holder(V1Lease found) {
        V1LeaseSpec spec = found.getSpec();
        return spec == null || spec.getHolderIdentity() == null ? "" : spec.getHolderIdentity();
    }

    private static String version(V1Lease found) {
        return String.valueOf(found.getMetadata().getResourceVersion());
    }

    private static String reason(ApiException e) {
        return e.getCode() > 0 ? e.getCode() + " " + e.getResponseBody() : String.valueOf(e.getMessage());
    }

    @FunctionalInterface
    private interface Call {
        V1Lease execute() throws ApiException;
    }
}
