package homework.otus.mysql.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.Sandbox;
import homework.otus.mysql.testing.Sandbox.Kind;
import homework.otus.mysql.testing.Succession;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Objects that somebody else made, and that have the name of a database's child. */
class ForeignObjectIT {
    private static final Sandbox SANDBOX = Sandbox.create("foreign");
    private static final Succession OPERATOR = Succession.of(SANDBOX.namespace());

    @AfterAll
    static void cleanUp() throws InterruptedException {
        OPERATOR.close();
        SANDBOX.close();
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"BACKUP_JOB", "RESTORE_JOB"})
    void isLeftAloneAndTheDatabaseIsMadeWhenItIsGone(Foreign foreign) {
        Database database = foreign.database();
        foreign.blocks(Database::create);

        foreign.remove();
        database.awaitServing(database.name() + " created without restore-job");
        assertThat(database.sql("SELECT 1")).isEqualTo("1\n");
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @EnumSource(names = {"BACKUP_JOB", "RESTORE_JOB"})
    void isLeftAloneAndNoRowIsLost(Foreign foreign) {
        Database database = foreign.database();
        database.create();
        database.awaitServing(database.name() + " created without restore-job");
        database.insert("a row");
        if (foreign == Foreign.BACKUP_JOB) {
            foreign.blocks(Database::delete);
            foreign.remove();
            database.awaitGone();
            database.create();
        } else {
            database.delete();
            database.awaitGone();
            foreign.blocks(Database::create);
            foreign.remove();
        }
        database.awaitServing(database.name() + " created with restore-job");
        assertThat(database.rows()).containsExactly("a row");
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @EnumSource(names = {"DEPLOYMENT", "DATA_CLAIM"})
    void isLeftAloneWhenTheDatabaseIsDeletedBecauseOfIt(Foreign foreign) {
        Database database = Database.in(SANDBOX.kubectl(), "unmade-" + foreign.title());
        foreign.blocks(database, Database::create);
        String before = foreign.resourceVersion(database);

        database.delete();
        await().atMost(Duration.ofMinutes(3))
                .untilAsserted(() ->
                        assertThat(SANDBOX.find(Kind.MYSQL, database.name())).isEmpty());
        assertThat(foreign.resourceVersion(database)).isEqualTo(before);
    }

    /** Each child, made by somebody who knows nothing of databases. */
    enum Foreign {
        DATA_CLAIM(Kind.CLAIM, "%s-pvc", """
            apiVersion: v1
            kind: PersistentVolumeClaim
            spec: {accessModes: [ReadWriteOnce], storageClassName: wait-for-consumer, resources: {requests: {storage: 1Gi}}}
            """),
        BACKUP_CLAIM(Kind.CLAIM, "backup-%s-pvc", DATA_CLAIM.yaml),
        CREDENTIALS(Kind.SECRET, "%s-credentials", """
            apiVersion: v1
            kind: Secret
            stringData: {password: another}
            """),
        SERVICE(Kind.SERVICE, "%s", """
            apiVersion: v1
            kind: Service
            spec: {selector: {app: another}, ports: [{port: 80}]}
            """),
        DEPLOYMENT(Kind.DEPLOYMENT, "%s", """
            apiVersion: apps/v1
            kind: Deployment
            spec:
              replicas: 0
              selector: {matchLabels: {app: another}}
              template:
                metadata: {labels: {app: another}}
                spec: {containers: [{name: another, image: another}]}
            """),
        BACKUP_JOB(Kind.JOB, "backup-%s-job", """
            apiVersion: batch/v1
            kind: Job
            spec:
              suspend: true
              template:
                spec: {restartPolicy: Never, containers: [{name: another, image: another}]}
            """),
        RESTORE_JOB(Kind.JOB, "restore-%s-job", BACKUP_JOB.yaml);

        private final Kind kind;
        private final String name;
        private final String yaml;

        Foreign(Kind kind, String name, String yaml) {
            this.kind = kind;
            this.name = name;
            this.yaml = yaml;
        }

        /** Names a database that it is in the way of. */
        String title() {
            return "by-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        Database database() {
            return Database.in(SANDBOX.kubectl(), title());
        }

        void blocks(Consumer<Database> step) {
            blocks(database(), step);
        }

        /** Makes the object, takes a step of the database's life, and finds the object in its way and unchanged. */
        void blocks(Database database, Consumer<Database> step) {
            SANDBOX.kubectl()
                    .runWithInput(yaml + "metadata: {name: " + nameFor(database) + "}\n", "create", "--filename=-")
                    .orFail();
            await().atMost(Duration.ofMinutes(3)).until(() -> settled(database));
            String before = resourceVersion(database);

            step.accept(database);
            database.awaitReason("Ready", "Conflict");
            assertThat(database.message()).contains("/" + nameFor(database) + " exists");
            assertThat(resourceVersion(database)).isEqualTo(before);
        }

        void remove() {
            SANDBOX.kubectl().run("delete", kind.plural(), nameFor(database())).orFail();
        }

        String resourceVersion(Database database) {
            return SANDBOX.get(kind, nameFor(database)).getMetadata().getResourceVersion();
        }

        /** Its own controller has written what it has to write. */
        private boolean settled(Database database) {
            String written = switch (kind) {
                case DEPLOYMENT -> "NewReplicaSetAvailable";
                case JOB -> "Suspended";
                default -> "";
            };
            return SANDBOX.get(kind, nameFor(database)).getRaw().toString().contains(written);
        }

        private String nameFor(Database database) {
            return name.formatted(database.name());
        }
    }
}
