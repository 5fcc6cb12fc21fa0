package homework.otus.mysql.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.Kubectl;
import homework.otus.mysql.testing.Node;
import homework.otus.mysql.testing.OnInstalledOperator;
import homework.otus.mysql.testing.ThrowawayNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;

/** No row is lost, whatever the database is in the midst of when it is deleted. */
@OnInstalledOperator
class DeleteWhileIT {
    @RegisterExtension
    static final ThrowawayNamespace NAMESPACE = new ThrowawayNamespace();

    @Test
    @Execution(CONCURRENT)
    void theDeploymentIsNotReady() {
        Database database = database("unready").create().delete().awaitGone();
        database.create().awaitReady().insert("first life").delete().awaitGone();
        database.create();
        // Its rows are on the data volume, and nothing serves them yet.
        database.kubectl()
                .run("wait", "--for=create", "deployment/unready", "--timeout=120s")
                .orFail();
        database.delete().awaitGone();
        assertThat(database.create().awaitReady().rows()).containsExactly("first life");
    }

    @Test
    @Execution(CONCURRENT)
    void thePasswordWasChangedByHand() {
        Database database = database("password").create().awaitReady().insert("kept");
        database.sql("ALTER USER 'root'@'localhost' IDENTIFIED BY 'by hand', 'root'@'%' IDENTIFIED BY 'by hand'");
        assertThat(database.withPassword("by hand").rows()).containsExactly("kept");
        database.delete().awaitGone();
        assertThat(database.create().awaitReady().rows()).containsExactly("kept");
    }

    @Test
    @Execution(CONCURRENT)
    void theServerCrashesAgainAndAgain() throws IOException {
        Database database = database("crashing").create().awaitReady().insert("kept");
        Files.writeString(settings(database), "garbage");
        Node.kill(
                Node.awaitProcess(database.read("pods --selector=app=crashing", "{.items[*].metadata.uid}"), "mysqld"));
        assertThat(database.awaitReason("Ready", "ServerCrashing").message()).contains("kubectl logs");
        database.delete().awaitGone();
        database.create().awaitReason("Ready", "ServerCrashing");
        Files.delete(settings(database));
        assertThat(database.awaitReady().rows()).containsExactly("kept");
    }

    /** What {@code SET PERSIST} writes and every start of mysqld reads. */
    private static Path settings(Database database) {
        return Node.volume(database.kubectl(), database.dataClaim()).resolve("mysql/mysqld-auto.cnf");
    }

    @Test
    @Execution(CONCURRENT)
    void theImageCouldNeverBePulled() {
        Database wrong = database("noimage").withImage("mysql:0.0.1");
        assertThat(wrong.create().awaitReason("Ready", "ImagePullFailed").message())
                .contains("mysql:0.0.1");
        wrong.delete().awaitGone();

        Database right = database("noimage").create().awaitReady().insert("kept");
        right.delete().awaitGone();
        // Now there is a backup, and the image that would take it is missing.
        wrong.create().awaitReason("Ready", "ImagePullFailed");
        wrong.delete().awaitGone();
        assertThat(right.create().awaitReady().rows()).containsExactly("kept");
    }

    @Test
    @Execution(CONCURRENT)
    void theImageCanNoLongerBePulled() {
        Database database = database("imagegone").create().awaitReady().insert("kept");
        // Otherwise the operator would put the image right.
        database.patch("{\"spec\":{\"paused\":true}}").awaitReason("Paused", "Paused");
        database.kubectl()
                .run("set", "image", "deployment/imagegone", "mysql=mysql:0.0.1")
                .orFail();
        database.kubectl()
                .run("wait", "ms/imagegone", "--for=condition=Ready=False", "--timeout=120s")
                .orFail();
        database.delete().patch("{\"spec\":{\"paused\":false}}").awaitGone();
        assertThat(database.create().awaitReady().rows()).containsExactly("kept");
    }

    @Test
    @Execution(CONCURRENT)
    void theDataVolumeIsFull() {
        Database database = database("full").create().awaitReady().insert("kept");
        Node.fill(Node.volume(database.kubectl(), database.dataClaim()));
        // Fails, or waits for space that nobody makes: either way it was never acknowledged.
        Kubectl.Outcome insert = database.kubectl()
                .run(
                        "exec",
                        "deployment/full",
                        "--container=mysql",
                        "--",
                        "timeout",
                        "5",
                        "mysql",
                        "-p" + database.password(),
                        "--execute=INSERT INTO test SELECT REPEAT('x', 200) FROM mysql.time_zone_name",
                        "otus-database");
        assertThat(insert.exitCode()).isNotZero();
        database.delete().awaitGone();
        assertThat(database.create().awaitReady().rows()).contains("kept");
    }

    @Test
    @Execution(CONCURRENT)
    void aRestoreIsRunning() {
        Database database = database("restoring").create().awaitReady().insert("kept");
        // So that unpacking takes long enough to be met.
        Node.write(settings(database).resolveSibling("ballast"), 100);
        database.delete().awaitGone();
        Path archives = Node.volume(database.kubectl(), database.backupClaim());
        String before = Node.digest(archives);

        database.create();
        database.kubectl()
                .run("wait", "--for=create", "pod", "--selector=batch.kubernetes.io/job-name=restore-restoring-job")
                .orFail();
        ProcessHandle restore = Node.awaitProcess(
                database.read(
                        "pods --selector=batch.kubernetes.io/job-name=restore-restoring-job",
                        "{.items[*].metadata.uid}"),
                "RestoreJob");
        Path data = Node.volume(database.kubectl(), database.dataClaim());
        Node.awaitFile(data, ".restoring-");
        Node.signal(restore, "STOP");
        assertThat(data.resolve("mysql")).doesNotExist();
        database.delete().awaitReason("Ready", "Stopping");
        Node.kill(restore);
        database.awaitGone();
        assertThat(Node.digest(archives)).isEqualTo(before);

        assertThat(database.create().awaitReady().rows()).containsExactly("kept");
    }

    @Test
    @Execution(CONCURRENT)
    void itsChildrenAreDeletedBeforeIt() {
        Database database = database("foreground").create().awaitReady().insert("kept");
        database.delete("--cascade=foreground").awaitGone();
        assertThat(database.create().awaitReady().rows()).containsExactly("kept");
    }

    private static Database database(String name) {
        return Database.in(NAMESPACE.kubectl(), name);
    }
}
