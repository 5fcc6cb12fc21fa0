package homework.otus.mysql.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import homework.otus.mysql.accounts.Accounts;
import homework.otus.mysql.backup.Restoring;
import homework.otus.mysql.child.JobActions;
import homework.otus.mysql.server.Serving;
import homework.otus.mysql.step.Action;
import homework.otus.mysql.step.Capability;
import homework.otus.mysql.step.Group;
import homework.otus.mysql.storage.Storage;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Service;
import java.lang.reflect.Field;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OrderTest {
    private static final List<Action> ACTIONS =
            List.of(new Action.Create(new V1Service().metadata(new V1ObjectMeta().name("db"))));

    @ParameterizedTest
    @MethodSource("capabilities")
    void everyCapabilityHasARow(Capability capability) {
        assertThat(groups(new Given(), capability)).hasSize(1);
    }

    /** Wherever in the operator it is declared. */
    static Stream<Capability> capabilities() throws Exception {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("homework.otus.mysql").stream()
                        .flatMap(type -> type.getFields().stream())
                        .filter(field -> field.getRawType().isEquivalentTo(Capability.class))
                        .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                        .map(OrderTest::value);
    }

    @Test
    void aCapabilityWithoutARowIsAMistake() {
        assertThatThrownBy(() -> groups(new Given(), new Capability("Unknown")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Unknown");
    }

    @Test
    void whatIsNeededIsAboveAndNeededDirectlyOrNot() {
        List<Group> groups = groups(new Given(), Serving.SERVER, Storage.DATA_CLAIM, Order.HOLD);

        assertThat(groups)
                .extracting(Group::capability)
                .containsExactly(Order.HOLD, Storage.DATA_CLAIM, Serving.SERVER);
        assertThat(groups.get(2).needs()).contains(Storage.DATA_CLAIM, Order.HOLD);
    }

    @Test
    void aServerNeedsCredentialsThatItsPodCanMount() {
        assertThat(groups(new Given(), Serving.SERVER).get(0).needs()).contains(Accounts.CREDENTIALS);
        assertThat(groups(new Given().credentials(), Serving.SERVER).get(0).needs())
                .as("those that are there will do")
                .doesNotContain(Accounts.CREDENTIALS);
    }

    @Test
    void nothingIsStoppedForArchivesThatTheClaimCantRemember() {
        assertThat(groups(new Given(), JobActions.STOP).get(0).needs()).contains(Restoring.FOUND);
    }

    private static List<Group> groups(Given given, Capability... capabilities) {
        return Order.groups(
                given.observed(),
                Stream.of(capabilities).collect(Collectors.toMap(capability -> capability, capability -> ACTIONS)));
    }

    private static Capability value(JavaField declared) {
        try {
            Field field = declared.reflect();
            field.setAccessible(true);
            return (Capability) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
