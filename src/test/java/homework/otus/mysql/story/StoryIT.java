package homework.otus.mysql.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import homework.otus.mysql.testing.OnInstalledOperator;
import homework.otus.mysql.testing.Shell;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole life of a database in the commands that people type, word for word, twice around. */
@OnInstalledOperator
class StoryIT {
    private static final String CREATE = "kubectl apply -f kustomize/samples/mysql-instance.yaml";
    private static final String WAIT = "kubectl wait --for=condition=Ready ms/mysql-instance --timeout=120s";
    private static final String POD =
            "export MYSQLPOD=$(kubectl get pods -l app=mysql-instance -o jsonpath=\"{.items[*].metadata.name}\")";
    private static final String SELECT =
            "kubectl exec -it $MYSQLPOD -- mysql -potuspassword -e \"select * from test;\" otus-database";

    @RegisterExtension
    static final Shell SHELL = new Shell();

    @Test
    void isCreatedServedDeletedAndCreatedAgainWithItsRows() {
        assertThat(see(CREATE)).contains("mysql.otus.homework/mysql-instance created");
        see(WAIT);
        assertThat(see("kubectl get pvc"))
                .containsPattern("(?m)^mysql-instance-pvc +Bound")
                .containsPattern("(?m)^backup-mysql-instance-pvc +Bound");
        assertThat(see("kubectl get ms")).contains("mysql-instance created without restore-job");
        see(POD);
        see("kubectl exec -it $MYSQLPOD -- mysql -u root -potuspassword -e \"CREATE TABLE test ( id smallint unsigned"
                + " not null auto_increment, name varchar(20) not null, constraint pk_example primary key (id) );\""
                + " otus-database");
        insert("some data");
        insert("some data-2");
        assertThat(rows(see(SELECT))).containsExactly("1\tsome data", "2\tsome data-2");

        see("kubectl delete ms mysql-instance");
        seeOnlyTheBackup();

        assertThat(see(CREATE)).contains("mysql.otus.homework/mysql-instance created");
        see("kubectl wait --for=condition=Ready ms/mysql-instance --timeout=120s");
        see(POD);
        assertThat(rows(see(SELECT))).containsExactly("1\tsome data", "2\tsome data-2");
        assertThat(see("kubectl get jobs"))
                .containsPattern("backup-mysql-instance-job +Complete +1/1")
                .containsPattern("restore-mysql-instance-job +Complete +1/1");
        assertThat(see("kubectl get ms")).contains("mysql-instance created with restore-job");
        assertThat(see("kubectl describe mysqls.otus.homework mysql-instance"))
                .contains("Restoring", "Restored", "Serving", "Last Backup");

        see("kubectl exec -it $MYSQLPOD -- mysql -potuspassword -e \"DELETE FROM test WHERE id = 1;\" otus-database");
        insert("other data");
        see("kubectl delete mysqls.otus.homework mysql-instance");
        seeOnlyTheBackup();

        see(CREATE);
        see(WAIT);
        see(POD);
        assertThat(rows(see(SELECT))).containsExactly("2\tsome data-2", "3\tother data");
        see("kubectl delete ms mysql-instance");
        seeOnlyTheBackup();
    }

    private static void insert(String name) {
        see("kubectl exec -it $MYSQLPOD -- mysql -potuspassword -e \"INSERT INTO test ( id, name ) VALUES ( null, '"
                + name + "' );\" otus-database");
    }

    private static void seeOnlyTheBackup() {
        assertThat(see("kubectl get pvc"))
                .containsPattern("(?m)^backup-mysql-instance-pvc +Bound")
                .doesNotContainPattern("(?m)^mysql-instance-pvc");
        assertThat(see("kubectl get jobs.batch")).containsPattern("backup-mysql-instance-job +Complete +1/1");
        // The provisioner removes the volume when the claim is gone, on its own time; so does the garbage collector.
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(see("kubectl get pv"))
                        .contains(SHELL.namespace() + "/backup-mysql-instance-pvc")
                        .doesNotContain(SHELL.namespace() + "/mysql-instance-pvc"));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(see("kubectl get ms,deployments,replicasets,pods,services,secrets"))
                        .contains("No resources found"));
    }

    private static List<String> rows(String screen) {
        return screen.lines().filter(line -> line.matches("\\d+\\t.*")).toList();
    }

    private static String see(String command) {
        String text = SHELL.type(command).orFail();
        System.out.println("$ " + command + "\n" + text);
        return text;
    }
}
