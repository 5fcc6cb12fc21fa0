package homework.otus.mysql.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import com.google.gson.JsonObject;
import homework.otus.mysql.api.MySQL;
import homework.otus.mysql.api.MySQLStatus;
import homework.otus.mysql.database.DatabaseKinds;
import homework.otus.mysql.step.Action;
import homework.otus.mysql.step.Setback;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Secret;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiWriterTest {
    private static final String SECRETS = "/api/v1/namespaces/default/secrets";
    private static final OperatorIdentity IDENTITY = new OperatorIdentity("an-operator", "example.org/an-operator");

    private final FakeApi api = new FakeApi();
    private final Fixture fixture = new Fixture();
    private final Expectations expectations = mock(Expectations.class);
    private Belonging.Claimant claimant = Belonging.Claimant.OTHER;
    private final ApiWriter writer = new ApiWriter(
            new KubernetesApis(Fixture.clients(api).requests(), DatabaseKinds.table()),
            expectations,
            new Answers(),
            (found, owner) -> claimant,
            IDENTITY);
    private final MySQL owner = owner();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void whatIsMadeIsExpectedForItsOwner() {
        WriteAnswer answer = writer.create(owner, secret());

        assertThat(answer.problem()).isNull();
        verify(expectations).wrote(new Key(MySQL.class, "default", "db"), answer.object());
    }

    @Test
    void aNameThatSomebodyElseHasIsARefusalThatNamesIt() {
        api.put(SECRETS + "/db-credentials", "{}");

        assertThat(writer.create(owner, secret()).problem())
                .isEqualTo(new Problem.Refusal(Setback.Cause.CONFLICT, "secret/db-credentials", ""));
        verifyNoInteractions(expectations);
    }

    @Test
    void anObjectOfTheOwnersThatTheCachesDontShowIsWaitedFor() {
        api.put(SECRETS + "/db-credentials", "{}");
        claimant = Belonging.Claimant.OWNER;

        assertThat(writer.create(owner, secret()).problem())
                .isEqualTo(new Problem.Stale("secret/db-credentials is there already"));
        verify(expectations).wrote(any(), any());
    }

    @ParameterizedTest
    @CsvSource({
        "403, REFUSED",
        "422, REFUSED",
        "429, FAILED",
        "500, FAILED",
        "409, REFUSED",
        "404, REFUSED",
        "401, REFUSED"
    })
    void aRefusalHasTheApiServersWords(int code, Setback.Cause cause) {
        api.fault = call -> code;

        assertThat(writer.create(owner, secret()).problem())
                .isEqualTo(new Problem.Refusal(cause, "secret/db-credentials", "said no"));
    }

    /** As an admission webhook does that chooses its own code. */
    @ParameterizedTest
    @ValueSource(ints = {403, 404, 409})
    void whoDeniesADeletionOrAJobsEndIsHeard(int code) {
        api.fault = call -> code;
        V1Job job = new V1Job()
                .metadata(new V1ObjectMeta()
                        .namespace("default")
                        .name("backup-db-job")
                        .uid("1"));

        assertThat(writer.delete(owner, secret(), Action.Propagation.BACKGROUND, false)
                        .problem())
                .isEqualTo(new Problem.Refusal(Setback.Cause.REFUSED, "secret/db-credentials", "said no"));
        assertThat(writer.delete(owner, secret(), Action.Propagation.BACKGROUND, true)
                        .problem())
                .isEqualTo(new Problem.Refusal(Setback.Cause.REFUSED, "secret/db-credentials", "said no"));
        assertThat(writer.patchStatus(owner, job, "{}").problem())
                .isEqualTo(new Problem.Refusal(Setback.Cause.REFUSED, "job/backup-db-job", "said no"));
        verifyNoInteractions(expectations);
    }

    @Test
    void aStatusIsWrittenOnlyOverTheVersionThatWasRead() {
        JsonObject stored = api.put(FakeApi.MYSQLS + "/db", "{\"spec\":{\"image\":\"i\"}}");
        owner.getMetadata()
                .setResourceVersion(stored.getAsJsonObject("metadata")
                        .get("resourceVersion")
                        .getAsString());
        owner.setStatus(new MySQLStatus(1L, "first", null, null, null, null));

        assertThat(writer.updateStatus(owner)).isTrue();
        assertThat(api.get(FakeApi.MYSQLS + "/db")
                        .getAsJsonObject("status")
                        .get("message")
                        .getAsString())
                .isEqualTo("first");
        assertThat(writer.updateStatus(owner)).as("again over the same version").isFalse();
        assertThat(api.calls)
                .last()
                .satisfies(call -> assertThat(call.query()).containsEntry("fieldManager", "an-operator"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"team, team", "-, default"})
    void anEventIsToldWhereItsObjectIs(String namespace, String told) {
        EventWriter events = new EventWriter(
                Fixture.clients(api).requests(),
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
                Fixture.configuration(),
                IDENTITY);
        V1Namespace object = new V1Namespace()
                .apiVersion("v1")
                .kind("Namespace")
                .metadata(new V1ObjectMeta().name("n").namespace(namespace));
        events.tell(object, "Because", true, "words");

        JsonObject event = api.get("/apis/events.k8s.io/v1/namespaces/" + told + "/events/n.0");
        assertThat(event.get("reportingController").getAsString()).isEqualTo("example.org/an-operator");
        assertThat(event.get("reason").getAsString()).isEqualTo("Because");
        assertThat(event.get("type").getAsString()).isEqualTo("Warning");
        assertThat(event.getAsJsonObject("regarding").get("kind").getAsString()).isEqualTo("Namespace");
    }

    private static MySQL owner() {
        MySQL mysql = new MySQL();
        mysql.setMetadata(new V1ObjectMeta().namespace("default").name("db").uid("u"));
        return mysql;
    }

    private static V1Secret secret() {
        return new V1Secret().metadata(new V1ObjectMeta().namespace("default").name("db-credentials"));
    }
}
