package homework.otus.mysql.testing;

import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * A namespace of a test class's own, under Pod Security {@code restricted}, made before its tests and deleted after.
 * When a test fails, the state of it is printed.
 *
 * <p>Register it as a static {@code @RegisterExtension}.
 */
public final class ThrowawayNamespace
        implements BeforeAllCallback,
                BeforeEachCallback,
                AfterEachCallback,
                AfterAllCallback,
                TestExecutionExceptionHandler {

    private String name = "";

    /** {@code mysqlstory-1a2b3c4d} for a class {@code MySQLStoryIT}. */
    public String name() {
        return name;
    }

    public Kubectl kubectl() {
        return Cluster.current().kubectl("--namespace", name);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        var title = context.getRequiredTestClass().getSimpleName().replaceFirst("IT$", "");
        name = title.toLowerCase(Locale.ROOT) + "-"
                + UUID.randomUUID().toString().substring(0, 8);
        kubectl().runWithInput("""
                        apiVersion: v1
                        kind: Namespace
                        metadata:
                          name: %s
                          labels:
                            pod-security.kubernetes.io/enforce: restricted
                        """.formatted(name), "create", "--filename=-").orFail();
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        System.err.println(context.getDisplayName() + ": " + failure + "\n" + ClusterState.of(name));
        throw failure;
    }

    /** What was created before the first test is for all of them. */
    @Override
    public void beforeEach(ExtensionContext context) {
        Database.created();
    }

    /** The probes of servers that nobody needs any more take the processors from those of the tests that follow. */
    @Override
    public void afterEach(ExtensionContext context) {
        Database.created().forEach(Database::end);
    }

    /** Doesn't wait: what is left in it takes its time, and no other test uses it. */
    @Override
    public void afterAll(ExtensionContext context) {
        kubectl()
                .run("delete", "namespace", name, "--wait=false", "--ignore-not-found")
                .orFail();
    }
}
