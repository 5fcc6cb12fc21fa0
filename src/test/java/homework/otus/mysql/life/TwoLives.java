package homework.otus.mysql.life;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonParser;
import homework.otus.mysql.testing.ApiCall;
import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.Sandbox;
import homework.otus.mysql.testing.Sandbox.Kind;
import homework.otus.mysql.testing.Succession;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesObject;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A database that is created, filled, deleted, created again with its rows back, filled again and deleted; with what
 * must be true at the end of each of these stages, whatever befell the operator.
 */
final class TwoLives {
    private final Sandbox sandbox;
    private final Database database;
    private final Succession operators;
    private final Map<Stage, List<ApiCall>> writes = new EnumMap<>(Stage.class);
    private Stage current;
    private int counted;

    TwoLives(Sandbox sandbox, Succession operators) {
        this.sandbox = sandbox;
        this.database = Database.in(sandbox.kubectl(), "db");
        this.operators = operators;
    }

    enum Stage {
        CREATE,
        DELETE,
        CREATE_WITH_RESTORE,
        DELETE_AGAIN
    }

    /** @param beginning told of each stage before its first call */
    void live(Consumer<Stage> beginning) {
        begin(Stage.CREATE, beginning);
        database.create();
        database.awaitServing(database.name() + " created without restore-job");
        database.insert("first");

        begin(Stage.DELETE, beginning);
        String firstUid = database.uid();
        database.delete();
        database.awaitGone();
        assertOnlyTheBackupIsLeft(firstUid);

        begin(Stage.CREATE_WITH_RESTORE, beginning);
        database.create();
        database.awaitServing(database.name() + " created with restore-job");
        assertThat(database.rows()).containsExactly("first");
        database.insert("second");

        begin(Stage.DELETE_AGAIN, beginning);
        String secondUid = database.uid();
        database.delete();
        database.awaitGone();
        assertOnlyTheBackupIsLeft(secondUid);
        end();
    }

    /** What the operators wrote in each stage. */
    Map<Stage, List<ApiCall>> writes() {
        return writes;
    }

    /** A write that comes after all that a stage is awaited for is that stage's, too. */
    private void begin(Stage stage, Consumer<Stage> beginning) {
        end();
        current = stage;
        beginning.accept(stage);
    }

    private void end() {
        List<ApiCall> all = operators.writes();
        if (current != null) {
            writes.put(current, all.subList(counted, all.size()));
        }
        counted = all.size();
    }

    private void assertOnlyTheBackupIsLeft(String uid) {
        // The garbage collector takes what is owned in its own time.
        await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
            assertThat(sandbox.names(Kind.CLAIM)).containsExactly(database.backupClaim());
            assertThat(sandbox.names(Kind.DEPLOYMENT)).isEmpty();
            assertThat(sandbox.names(Kind.SERVICE)).isEmpty();
            assertThat(sandbox.names(Kind.SECRET)).isEmpty();
            assertThat(sandbox.names(Kind.POD)).isEmpty();
        });
        DynamicKubernetesObject backups = sandbox.get(Kind.CLAIM, database.backupClaim());
        String record = backups.getMetadata().getAnnotations().get("otus.homework/backup-record");
        assertThat(JsonParser.parseString(record)
                        .getAsJsonObject()
                        .get("mysqlUid")
                        .getAsString())
                .isEqualTo(uid);
        DynamicKubernetesObject job = sandbox.get(Kind.JOB, database.backupJob());
        assertThat(job.getMetadata().getLabels()).containsEntry("otus.homework/mysql-uid", uid);
    }

    void assertEachChildWasMadeOnce() {
        String name = database.name();
        assertThat(succeeded("create"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "persistentvolumeclaims " + database.dataClaim(), 2L,
                        "persistentvolumeclaims " + database.backupClaim(), 1L,
                        "secrets " + name + "-credentials", 2L,
                        "secrets " + name + "-binding", 2L,
                        "services " + name, 2L,
                        "deployments " + name, 2L,
                        "jobs " + database.backupJob(), 2L,
                        "jobs " + database.restoreJob(), 1L));
    }

    /** The Secrets and Services go with their owner; of the Jobs, the first backup's makes room for the second's. */
    void assertEachChildWasDeletedOnce() {
        Map<String, Long> deleted = succeeded("delete");
        Map<String, Long> podsOfJobs = new TreeMap<>(deleted);
        podsOfJobs.keySet().removeIf(object -> !object.startsWith("pods "));
        assertThat(podsOfJobs)
                .hasSize(3)
                .allSatisfy((pod, times) -> assertThat(times).isEqualTo(1));
        deleted.keySet().removeAll(podsOfJobs.keySet());
        assertThat(deleted)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "deployments " + database.name(), 2L,
                        "persistentvolumeclaims " + database.dataClaim(), 2L,
                        "jobs " + database.backupJob(), 1L));
    }

    private Map<String, Long> succeeded(String verb) {
        return operators.writes().stream()
                .filter(call -> call.verb().equals(verb) && call.succeeded())
                .collect(groupingBy(call -> call.resource() + " " + call.name(), TreeMap::new, counting()));
    }
}
