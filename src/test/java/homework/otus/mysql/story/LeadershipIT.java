package homework.otus.mysql.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import homework.otus.mysql.testing.AuditLog;
import homework.otus.mysql.testing.Cluster;
import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.InstalledOperator;
import homework.otus.mysql.testing.Kubectl;
import homework.otus.mysql.testing.Node;
import homework.otus.mysql.testing.OnInstalledOperator;
import homework.otus.mysql.testing.ThrowawayNamespace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** Two replicas, installed as for production: one works, and the other when that one can't. */
@Isolated("Ends operators that others rely on")
@OnInstalledOperator
class LeadershipIT {
    private static final Duration TAKEN_OVER = Duration.ofSeconds(20);

    @RegisterExtension
    static final ThrowawayNamespace NAMESPACE = new ThrowawayNamespace();

    @BeforeAll
    static void install() {
        Kubectl kubectl = Cluster.current().kubectl();
        kubectl.runWithInput(kubectl.run("kustomize", "kustomize/overlays/prod").orFail(), "apply", "-f", "-")
                .orFail();
        InstalledOperator.scale(2);
    }

    @AfterAll
    static void uninstall() {
        InstalledOperator.kubectl()
                .run("delete", "poddisruptionbudget", "mysql-operator")
                .orFail();
    }

    @Test
    void oneReplicaAloneWorks() {
        String leader = awaitLeader();
        Instant start = Instant.now();
        database("one").create().awaitReady().delete().awaitGone();
        assertThat(writers(start)).containsExactly(leader);
        assertThat(leader()).isEqualTo(leader);
    }

    @Test
    void anotherWorksSoonAfterTheLeaderIsKilled() {
        String leader = awaitLeader();
        ProcessHandle process = process(leader);
        Database database = database("killed").create();
        database.kubectl()
                .run("wait", "--for=create", "pvc/" + database.dataClaim(), "--timeout=60s")
                .orFail();
        Instant killed = Instant.now();
        Node.kill(process);
        await().atMost(TAKEN_OVER).until(() -> !writers(killed).isEmpty());
        assertThat(writers(killed)).isEqualTo(Set.of(awaitLeader())).doesNotContain(leader);
        database.awaitReady();
    }

    @Test
    void aLeaderThatWasStoppedBeyondItsLeaseWritesNothingAndEnds() {
        String leader = awaitLeader();
        ProcessHandle process = process(leader);
        int restarts = restarts(leader);
        Database database = database("stopped").create();
        database.kubectl()
                .run("wait", "--for=create", "pvc/" + database.dataClaim(), "--timeout=60s")
                .orFail();
        Node.signal(process, "STOP");
        database.awaitReady();
        String next = awaitLeader();
        assertThat(next).isNotEqualTo(leader);

        // There is work, so that it would write if it thought that it still leads.
        database.delete();
        Instant continued = Instant.now();
        Node.signal(process, "CONT");
        await("the end of the former leader").atMost(Duration.ofSeconds(60)).until(() -> restarts(leader) > restarts);
        database.awaitGone();
        assertThat(InstalledOperator.kubectl()
                        .run("get", "pod", leader, "--output=jsonpath=" + STATUS + ".lastState.terminated.exitCode}")
                        .orFail())
                .isEqualTo("1");
        assertThat(writers(continued)).containsExactly(next);
    }

    @Test
    void aLeaseThatWasDeletedIsMadeAgain() {
        awaitLeader();
        Kubectl kubectl = InstalledOperator.kubectl();
        kubectl.run("delete", "lease", "mysql-operator").orFail();
        kubectl.run("wait", "--for=create", "lease/mysql-operator", "--timeout=60s")
                .orFail();
        awaitLeader();
        database("leased").create().awaitReady();
    }

    @Test
    void aRollingRestartTouchesNoDatabase() {
        Database database = database("untouched").create().awaitReady().insert("kept");
        String pod = database.read("pods --selector=app=untouched", SERVER);
        Instant start = Instant.now();
        Kubectl kubectl = InstalledOperator.kubectl();
        kubectl.run("rollout", "restart", "deployment/mysql-operator").orFail();
        InstalledOperator.scale(2);
        Database later = database("later").create().awaitReady();
        assertThat(database.read("pods --selector=app=untouched", SERVER)).isEqualTo(pod);
        assertThat(AuditLog.ofOperator(start))
                .filteredOn(AuditLog.Call::writes)
                .extracting(AuditLog.Call::name)
                .contains(later.name())
                .noneMatch(name -> name.contains("untouched"));
        assertThat(database.rows()).containsExactly("kept");
    }

    private static final String STATUS = "{.status.containerStatuses[0]";
    private static final String SERVER =
            "{.items[*].metadata.uid} {.items[*].status.containerStatuses[*].restartCount}";

    /** The Pods whose requests changed something. */
    private static Set<String> writers(Instant since) {
        return AuditLog.ofOperator(since).stream()
                .filter(AuditLog.Call::writes)
                .map(AuditLog.Call::pod)
                .collect(Collectors.toSet());
    }

    /** Its Pod's name; waits until there is one that is alive. */
    private static String awaitLeader() {
        return await().atMost(Duration.ofSeconds(60)).until(LeadershipIT::leader, pods()::contains);
    }

    private static String leader() {
        String holder = InstalledOperator.kubectl()
                .run("get", "lease", "mysql-operator", "--output=jsonpath={.spec.holderIdentity}")
                .orFail();
        return holder.contains("_") ? holder.substring(0, holder.indexOf('_')) : holder;
    }

    private static List<String> pods() {
        return List.of(InstalledOperator.kubectl()
                .run("get", "pods", "--output=jsonpath={.items[*].metadata.name}")
                .orFail()
                .split(" "));
    }

    private static int restarts(String pod) {
        return Integer.parseInt(InstalledOperator.kubectl()
                .run("get", "pod", pod, "--output=jsonpath=" + STATUS + ".restartCount}")
                .orFail());
    }

    private static ProcessHandle process(String pod) {
        String uid = InstalledOperator.kubectl()
                .run("get", "pod", pod, "--output=jsonpath={.metadata.uid}")
                .orFail();
        return Node.awaitProcess(uid, "java");
    }

    private static Database database(String name) {
        return Database.in(NAMESPACE.kubectl(), name);
    }
}
