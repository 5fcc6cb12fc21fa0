package homework.otus.mysql.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import homework.otus.mysql.config.OperatorConfiguration;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaderElectionTest {
    private static final String LEASE = FakeApi.LEASES + "/mysql-operator";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final FakeApi api = new FakeApi();
    private final Fixture fixture = new Fixture();
    private final Candidate first = new Candidate();
    private final Candidate second = new Candidate();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void theFirstToComeMakesTheLeaseAndLeadsAtOnce() {
        first.election.tick();
        second.election.tick();

        assertThat(first.events).hasExactlyElementsOfTypes(LeaseAcquiredEvent.class);
        assertThat(second.events).isEmpty();
        assertThat(spec().get("holderIdentity").getAsString()).isEqualTo(first.identity());
        assertThat(spec().get("leaseDurationSeconds").getAsInt()).isEqualTo(10);
        assertThat(spec().get("renewTime").getAsString()).isEqualTo("2026-01-01T00:00:00.000000Z");
        assertThat(first.leadership.isValid()).isTrue();
        assertThat(second.leadership.isValid()).isFalse();
    }

    @Test
    void aLeaderThatRenewsKeepsTheLease() {
        first.election.tick();
        for (int i = 0; i < 30; i++) {
            fixture.clock.advance(Duration.ofSeconds(2));
            first.election.tick();
            second.election.tick();
            assertThat(first.leadership.isValid()).isTrue();
        }

        assertThat(second.events).isEmpty();
        assertThat(spec().get("leaseTransitions").getAsInt()).isZero();
    }

    @Test
    void aStandbyTakesALeaseThatStoodStillForItsDurationAsSeenByItself() {
        first.election.tick();
        second.election.tick();
        fixture.clock.advance(Duration.ofSeconds(10));
        second.election.tick();
        assertThat(second.events).isEmpty();

        fixture.clock.advance(Duration.ofMillis(1));
        second.election.tick();

        assertThat(second.events).hasExactlyElementsOfTypes(LeaseAcquiredEvent.class);
        assertThat(spec().get("holderIdentity").getAsString()).isEqualTo(second.identity());
        assertThat(spec().get("leaseTransitions").getAsInt()).isEqualTo(1);
        assertThat(first.leadership.isValid()).isFalse();
    }

    @Test
    void aCandidateThatJustCameWaitsForTheWholeDuration() {
        api.put(LEASE, """
                {"spec":{"holderIdentity":"gone","leaseDurationSeconds":10,"renewTime":"2020-01-01T00:00:00.000000Z"}}""");
        first.election.tick();
        fixture.clock.advance(Duration.ofSeconds(9));
        first.election.tick();

        assertThat(first.events).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"spec\":{}}",
                "{\"spec\":{\"holderIdentity\":\"\"}}",
                "{\"spec\":{\"holderIdentity\":\"\",\"leaseDurationSeconds\":1,\"leaseTransitions\":7}}"
            })
    void aLeaseThatNobodyHoldsIsTakenAtOnce(String lease) {
        api.put(LEASE, lease);
        first.election.tick();

        assertThat(first.events).hasExactlyElementsOfTypes(LeaseAcquiredEvent.class);
    }

    @Test
    void aLeaderStoppedForLongerThanItsLeaseEndsWithoutTouchingTheLease() {
        first.election.tick();
        fixture.clock.advance(Duration.ofSeconds(11));
        assertThat(first.leadership.isValid()).isFalse();
        long version = api.version();
        first.election.tick();

        assertThat(first.events).hasExactlyElementsOfTypes(LeaseAcquiredEvent.class, LeaseLostEvent.class);
        assertThat(api.version()).isEqualTo(version);
        assertThat(first.leadership.isValid()).isFalse();
    }

    @Test
    void aLeaderWhoseLeaseAnotherTookLosesItAtItsNextRenewal() {
        first.election.tick();
        fixture.clock.advance(Duration.ofSeconds(2));
        api.put(LEASE, "{\"spec\":{\"holderIdentity\":\"thief\",\"leaseDurationSeconds\":10}}");
        first.election.tick();

        assertThat(first.events.get(1)).isEqualTo(new LeaseLostEvent(first.identity(), "it is held by thief"));
        assertThat(first.leadership.isValid()).isFalse();
    }

    @Test
    void aLeaseTouchedByAnotherHandIsRenewedAtTheNextTry() {
        first.election.tick();
        JsonObject touched = api.get(LEASE).deepCopy();
        api.put(LEASE, touched.toString());
        first.election.tick();
        fixture.clock.advance(Duration.ofSeconds(2));
        first.election.tick();

        assertThat(first.events).hasExactlyElementsOfTypes(LeaseAcquiredEvent.class);
        fixture.clock.advance(Duration.ofSeconds(8));
        assertThat(first.leadership.isValid()).isTrue();
    }

    @Test
    void aDeletedLeaseIsMadeAnewByItsLeader() {
        first.election.tick();
        api.remove(LEASE);
        first.election.tick();

        assertThat(first.events).hasExactlyElementsOfTypes(LeaseAcquiredEvent.class);
        assertThat(spec().get("holderIdentity").getAsString()).isEqualTo(first.identity());
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 429, 500, 503})
    void aLeaderGivesUpWhenRenewalsFailUntilTheDeadline(int code) {
        first.election.tick();
        api.fault = call -> code;
        for (int i = 0; i < 3; i++) {
            fixture.clock.advance(Duration.ofSeconds(2));
            first.election.tick();
            assertThat(first.events).hasSize(1);
        }
        fixture.clock.advance(Duration.ofSeconds(2));
        first.election.tick();

        assertThat(first.events.get(1))
                .isEqualTo(new LeaseLostEvent(first.identity(), "it could not be renewed for 7 s"));
    }

    @Test
    void aRenewalThatSucceedsAgainInTimeKeepsTheLease() {
        first.election.tick();
        api.fault = call -> 500;
        fixture.clock.advance(Duration.ofSeconds(5));
        first.election.tick();
        api.fault = call -> 0;
        fixture.clock.advance(Duration.ofSeconds(2));
        first.election.tick();

        assertThat(first.events).hasSize(1);
        assertThat(first.leadership.isValid()).isTrue();
    }

    @Test
    void aReleasedLeaseIsTakenByTheNextWithoutWaiting() {
        first.election.tick();
        second.election.tick();
        first.election.release();
        second.election.tick();

        assertThat(second.events).hasExactlyElementsOfTypes(LeaseAcquiredEvent.class);
        assertThat(first.events).hasExactlyElementsOfTypes(LeaseAcquiredEvent.class);
        assertThat(first.leadership.isValid()).isFalse();
        first.election.tick();
        assertThat(spec().get("holderIdentity").getAsString()).isEqualTo(second.identity());
    }

    @Test
    void aStandbyThatStopsLeavesTheLeaseAlone() {
        first.election.tick();
        second.election.tick();
        long version = api.version();
        second.election.release();

        assertThat(api.version()).isEqualTo(version);
    }

    @Test
    void timesThatContradictEachOtherAreRefused() {
        OperatorConfiguration.Lease crossed = new OperatorConfiguration.Lease() {
            @Override
            public String getName() {
                return "mysql-operator";
            }

            @Override
            public Duration getDuration() {
                return Duration.ofSeconds(5);
            }

            @Override
            public Duration getRenewDeadline() {
                return Duration.ofSeconds(7);
            }

            @Override
            public Duration getRetryPeriod() {
                return Duration.ofSeconds(2);
            }
        };
        assertThatThrownBy(() -> LeaderElection.requireOrder(crossed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("renew-deadline");
    }

    private JsonObject spec() {
        return api.get(LEASE).getAsJsonObject("spec");
    }

    private final class Candidate {
        final List<Object> events = new ArrayList<>();
        final Leadership leadership = new Leadership(Fixture.configuration(), fixture.clock, fixture.metrics);
        final LeaderElection election = new LeaderElection(
                Fixture.clients(api),
                Fixture.configuration(),
                leadership,
                events::add,
                fixture.clock,
                Clock.fixed(NOW, ZoneOffset.UTC));

        String identity() {
            return ((LeaseAcquiredEvent) events.get(0)).identity();
        }
    }
}
