package homework.otus.mysql.api;

import homework.otus.mysql.testing.Definition;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The checkout's resource definition on the test cluster, before the tests of a class. */
final class InstalledDefinition implements BeforeAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        Definition.install();
    }
}
