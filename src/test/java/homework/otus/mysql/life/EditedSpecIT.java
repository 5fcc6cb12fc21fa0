package homework.otus.mysql.life;

import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.testing.ApiCall;
import homework.otus.mysql.testing.Sandbox;
import homework.otus.mysql.testing.Sandbox.Kind;
import homework.otus.mysql.testing.Succession;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An edited spec is reported, and never half applied. */
class EditedSpecIT {
    private static final Sandbox SANDBOX = Sandbox.create("edited");
    private static final Database DATABASE = new Database(SANDBOX, "db");
    private static Succession operators = Succession.of(SANDBOX.namespace());

    @BeforeAll
    static void serve() {
        DATABASE.order();
        DATABASE.awaitServing("db created without restore-job");
        DATABASE.awaitCondition("SpecApplied", "True", "Applied");
        DATABASE.insert("a row");
    }

    @AfterAll
    static void cleanUp() throws InterruptedException {
        operators.close();
        SANDBOX.close();
    }

    @ParameterizedTest
    @CsvSource({
        "mysql:9.7.4, otuspassword, ImageChangeNotSupported",
        "mysql:9.7,   another,      PasswordChangeNotSupported",
        "mysql:9.7.4, another,      ImageChangeNotSupported"
    })
    void theServerIsLeftAsItIs(String image, String password, String reason) {
        leavesTheServerAsItIs(() -> DATABASE.order(image, password, "1Gi"), reason);

        DATABASE.order();
        DATABASE.awaitCondition("SpecApplied", "True", "Applied");
    }

    @Test
    void anotherOperatorLeavesItToo() throws InterruptedException {
        DATABASE.order("mysql:9.7", "another", "1Gi");
        DATABASE.awaitCondition("SpecApplied", "False", "PasswordChangeNotSupported");
        operators.close();
        operators = Succession.of(SANDBOX.namespace());

        // It shows that it has been round by telling of the next edit.
        leavesTheServerAsItIs(() -> DATABASE.order("mysql:9.7.4", "another", "1Gi"), "ImageChangeNotSupported");

        DATABASE.order();
        DATABASE.awaitCondition("SpecApplied", "True", "Applied");
    }

    @Test
    void theVolumeIsLeftAsItIs() {
        Database grown = new Database(SANDBOX, "grown");
        grown.order();
        grown.awaitServing("grown created without restore-job");
        String claim = SANDBOX.get(Kind.CLAIM, grown.dataClaim()).getMetadata().getResourceVersion();

        grown.order("mysql:9.7", "otuspassword", "2Gi");
        grown.awaitCondition("SpecApplied", "False", "StorageChangeNotSupported");

        assertThat(SANDBOX.get(Kind.CLAIM, grown.dataClaim()).getMetadata().getResourceVersion())
                .isEqualTo(claim);
    }

    private static void leavesTheServerAsItIs(Runnable edit, String reason) {
        String server = DATABASE.serverPod();
        int before = operators.writes().size();

        edit.run();
        DATABASE.awaitCondition("SpecApplied", "False", reason);

        assertThat(DATABASE.condition("Ready").map(Database.Condition::status)).contains("True");
        assertThat(DATABASE.serverPod()).isEqualTo(server);
        assertThat(DATABASE.rows()).as("read with the old password").containsExactly("a row");
        List<ApiCall> writes = operators.writes();
        assertThat(writes.subList(before, writes.size()))
                .extracting(ApiCall::resource)
                .containsOnly("mysqls/status");
    }
}
