package homework.otus.mysql.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.Node;
import homework.otus.mysql.testing.OnInstalledOperator;
import homework.otus.mysql.testing.ThrowawayNamespace;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was acknowledged is kept, and a first start that is cut off is begun again, wherever the server is killed. */
@OnInstalledOperator
class CrashingServerIT {
    @RegisterExtension
    static final ThrowawayNamespace NAMESPACE = new ThrowawayNamespace();

    /** How far a first start can be seen to be, from outside. */
    enum Step {
        INIT_CONTAINER_STARTED {
            @Override
            ProcessHandle await(String podUid, Path volume) {
                return Node.awaitProcess(podUid, INIT_CONTAINER);
            }
        },
        INITIALISING {
            @Override
            ProcessHandle await(String podUid, Path volume) {
                Node.awaitFile(volume.resolve(".initialising"), "ibdata1");
                return Node.awaitProcess(podUid, INIT_CONTAINER);
            }
        },
        PUBLISHED {
            @Override
            ProcessHandle await(String podUid, Path volume) {
                Node.awaitFile(volume, "mysql");
                // The script still syncs; when it has ended, the server is next.
                return Node.process(podUid, INIT_CONTAINER).orElseGet(() -> Node.awaitProcess(podUid, SERVER));
            }
        },
        SERVER_STARTING {
            @Override
            ProcessHandle await(String podUid, Path volume) {
                return Node.awaitProcess(podUid, SERVER);
            }
        };

        private static final String INIT_CONTAINER = "initialise.sh";
        private static final String SERVER = "mysqld --datadir";

        abstract ProcessHandle await(String podUid, Path volume);
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    @Execution(CONCURRENT)
    void aFirstStartIsBegunAgain(Step step) {
        Database database = database("start-" + step.ordinal()).create();
        Node.kill(step.await(awaitPod(database), volume(database)));
        assertThat(database.awaitReady().insert("works").rows()).containsExactly("works");
        assertThat(timeZones(database)).isPositive();
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    @Execution(CONCURRENT)
    void aFirstStartWhosePodIsDeletedIsBegunAgain(Step step) {
        Database database = database("pod-" + step.ordinal()).create();
        String pod = awaitPod(database);
        step.await(pod, volume(database));
        database.kubectl()
                .run("delete", "pod", database.pod(), "--grace-period=1")
                .orFail();
        assertThat(database.awaitReady().insert("works").rows()).containsExactly("works");
        assertThat(timeZones(database)).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    @Execution(CONCURRENT)
    void anAcknowledgedRowOutlivesTheServersKillAndTheDatabasesDeletion(int round) {
        Database database = database("killed-" + round).create().awaitReady().insert("first");
        ProcessHandle server = Node.awaitProcess(awaitPod(database), Step.SERVER);
        database.insert("acknowledged");
        server.destroyForcibly();
        database.delete().awaitGone();
        assertThat(database.create().awaitReady().rows()).containsExactly("acknowledged", "first");
    }

    @Test
    @Execution(CONCURRENT)
    void anOrdinaryRestartKeepsTheRows() {
        Database database = database("restarted").create().awaitReady().insert("kept");
        database.kubectl().run("rollout", "restart", "deployment/restarted").orFail();
        database.kubectl()
                .run("rollout", "status", "deployment/restarted", "--timeout=120s")
                .orFail();
        assertThat(database.awaitReady().rows()).containsExactly("kept");
    }

    private static long timeZones(Database database) {
        return Long.parseLong(
                database.sql("SELECT COUNT(*) FROM mysql.time_zone_name").strip());
    }

    /** Returns its uid. */
    private static String awaitPod(Database database) {
        database.kubectl()
                .run("wait", "--for=create", "pod", "--selector=app=" + database.name(), "--timeout=120s")
                .orFail();
        return database.read("pods --selector=app=" + database.name(), "{.items[*].metadata.uid}");
    }

    private static Path volume(Database database) {
        return Node.volume(database.kubectl(), database.dataClaim());
    }

    private static Database database(String name) {
        return Database.in(NAMESPACE.kubectl(), name);
    }
}
