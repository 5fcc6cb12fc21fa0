package homework.otus.mysql.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.OnInstalledOperator;
import homework.otus.mysql.testing.ThrowawayNamespace;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;

/** What a server is started with reaches it as it is written, and what keeps it from starting is told. */
@OnInstalledOperator
class ServerStartIT {
    @RegisterExtension
    static final ThrowawayNamespace NAMESPACE = new ThrowawayNamespace();

    private static final String DOLLARS = "SET @home = '$(MYSQL_HOME) $$ $'";

    @Test
    @Execution(CONCURRENT)
    void valuesReachMysqldAsWritten() {
        Database database = database("verbatim")
                .with("config", Map.of("init_connect", DOLLARS))
                .create()
                .awaitReady();
        assertThat(database.sql("SELECT @@init_connect")).isEqualTo(DOLLARS + "\n");
        String edited = DOLLARS.replace("home", "other");
        database.patch("{\"spec\":{\"config\":{\"init_connect\":\"" + edited + "\"}}}");
        await().atMost(Duration.ofSeconds(120))
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(database.sql("SELECT @@init_connect")).isEqualTo(edited + "\n"));
    }

    @Test
    @Execution(CONCURRENT)
    void whatOnlyAStartReadsRestartsNothing() {
        Database database = database("policy").create().awaitReady();
        String deployment = database.read("deployment/policy", "{.metadata.generation}");
        database.patch("{\"spec\":{\"restorePolicy\":\"Never\"}}");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> database.read("secret/policy-credentials", "{.data.restore-policy}")
                        .equals("TmV2ZXIK"));
        assertThat(database.read("deployment/policy", "{.metadata.generation}")).isEqualTo(deployment);
    }

    @Test
    @Execution(CONCURRENT)
    void aFirstConfigurationIsCheckedBeforeAnythingIsMade() {
        Database database = database("first")
                .with("config", Map.of("no_such_variable", "1"))
                .create();
        assertThat(database.awaitReason("Ready", "ConfigRefused").message()).contains("no-such-variable");
        database.patch("{\"spec\":{\"config\":null}}").awaitReady();
    }

    @Test
    @Execution(CONCURRENT)
    void aMemoryLimitThatIsTooLowIsNamed() {
        Database database = database("small")
                .with("resources", Map.of("limits", Map.of("memory", "100Mi")))
                .create();
        assertThat(database.awaitReason("Ready", "ServerCrashing").message())
                .contains("OOMKilled", "100Mi", "spec.resources.limits.memory");
        database.patch("{\"spec\":{\"resources\":null}}").awaitReady();
    }

    private static Database database(String name) {
        return Database.in(NAMESPACE.kubectl(), name);
    }
}
