package homework.otus.mysql.story;

import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.testing.Cluster;
import homework.otus.mysql.testing.Database;
import homework.otus.mysql.testing.InstalledOperator;
import homework.otus.mysql.testing.OnInstalledOperator;
import homework.otus.mysql.testing.Shell;
import homework.otus.mysql.testing.ThrowawayNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** No row is lost when something is deleted behind the operator's back. */
@Isolated("Stops the operator that others rely on")
@OnInstalledOperator
class DeleteUnattendedIT {
    private static final Pattern WAY_OUT =
            Pattern.compile("(?s)### The data claim was deleted\n.*?\n```\\w*\n(.*?)\n```\n");

    @RegisterExtension
    static final ThrowawayNamespace NAMESPACE = new ThrowawayNamespace();

    @RegisterExtension
    static final Shell SHELL = new Shell();

    @Test
    void theDatabaseWhileTheOperatorIsDown() {
        Database database = Database.in(NAMESPACE.kubectl(), "unattended");
        database.create().awaitReady().insert("kept");
        InstalledOperator.scale(0);
        database.delete();
        InstalledOperator.scale(1);
        database.awaitGone();
        assertThat(database.create().awaitReady().rows()).containsExactly("kept");
    }

    @Test
    void theDataClaimUnderALivingDatabase() throws IOException {
        Database database = sample();
        database.awaitReady().insert("before");
        SHELL.type("kubectl delete pvc mysql-instance-pvc --wait=false").orFail();
        assertThat(database.awaitReason("DataVolumeTerminating", "DataClaimDeleted")
                        .message())
                .contains("nothing is lost", "README.md");
        database.insert("after");

        SHELL.type(wayOut()).orFail();
        assertThat(database.awaitReady().rows()).containsExactly("after", "before");
        assertThat(database.condition("DataVolumeTerminating").reason()).isEmpty();

        SHELL.type("kubectl delete pvc mysql-instance-pvc --wait=false").orFail();
        database.delete();
        assertThat(database.awaitReason("Ready", "DataClaimDeleted").status()).isEqualTo("False");
        // Nothing was stopped.
        assertThat(database.insert("deleted").rows()).containsExactly("after", "before", "deleted");

        SHELL.type(wayOut()).orFail();
        assertThat(database.awaitReady().rows()).containsExactly("after", "before", "deleted");
        String volume = database.read("pvc/mysql-instance-pvc", "{.spec.volumeName}");
        database.delete().awaitGone();
        SHELL.type("kubectl wait --for=delete --timeout=60s pv/" + volume).orFail();
        assertThat(sample().awaitReady().rows()).containsExactly("after", "before", "deleted");
    }

    private static Database sample() {
        SHELL.type("kubectl apply -f kustomize/samples/mysql-instance.yaml").orFail();
        return Database.in(Cluster.current().kubectl("--namespace", SHELL.namespace()), "mysql-instance");
    }

    private static String wayOut() throws IOException {
        Matcher matcher = WAY_OUT.matcher(Files.readString(Path.of("README.md")));
        assertThat(matcher.find()).as("README.md tells the way out").isTrue();
        return matcher.group(1);
    }
}
