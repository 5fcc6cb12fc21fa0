package homework.otus.mysql;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import homework.otus.mysql.program.FailureReason;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;

/** The arrows of docs/architecture.md. */
@AnalyzeClasses(packages = "homework.otus.mysql", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String HERE = "homework.otus.mysql.";
    private static final String[] CLIENTS = {
        "io.kubernetes.client.openapi.apis..",
        "io.kubernetes.client.informer..",
        "io.kubernetes.client.util.generic..",
        "okhttp3..",
        HERE + "kube.."
    };

    private static final String[] ROOMS = {HERE + "storage..", HERE + "accounts..", HERE + "backup..", HERE + "server.."
    };
    /** Where an enum's own code names its constants. */
    private static final Set<String> ENUMS_OWN = Set.of("<clinit>", "$values");

    /** Decisions, and what they are made of. */
    private static final String[] PURE = and(ROOMS, HERE + "step..", HERE + "child..", HERE + "observe..");

    @ArchTest
    static final ArchRule ROOMS_KNOW_EACH_OTHER_BY_THE_DATABASE_ALONE = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("storage")
            .definedBy(HERE + "storage..")
            .layer("accounts")
            .definedBy(HERE + "accounts..")
            .layer("backup")
            .definedBy(HERE + "backup..")
            .layer("server")
            .definedBy(HERE + "server..")
            .layer("database")
            .definedBy(HERE + "database..")
            .whereLayer("storage")
            .mayOnlyBeAccessedByLayers("database")
            .whereLayer("accounts")
            .mayOnlyBeAccessedByLayers("database")
            .whereLayer("backup")
            .mayOnlyBeAccessedByLayers("database")
            .whereLayer("server")
            .mayOnlyBeAccessedByLayers("database")
            .whereLayer("database")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule THE_KERNEL_KNOWS_NOTHING_OF_A_DATABASE = noClasses()
            .that()
            .resideInAPackage(HERE + "step..")
            .should()
            .dependOnClassesThat(ours().and(describe(
                    "outside step and api",
                    type -> !type.getPackageName().equals(HERE + "step")
                            && !type.getPackageName().equals(HERE + "api"))));

    @ArchTest
    static final ArchRule FACTS_ARE_BELOW_THE_ROOMS = noClasses()
            .that()
            .resideInAPackage(HERE + "observe..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(and(ROOMS, HERE + "database.."));

    @ArchTest
    static final ArchRule WHAT_CHILDREN_HAVE_IN_COMMON_IS_BELOW_THE_FACTS = noClasses()
            .that()
            .resideInAPackage(HERE + "child..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(and(ROOMS, HERE + "database..", HERE + "observe.."));

    @ArchTest
    static final ArchRule THE_RESOURCE_DEPENDS_ON_NOTHING_OF_OURS = noClasses()
            .that()
            .resideInAPackage(HERE + "api..")
            .should()
            .dependOnClassesThat(ours().and(describe(
                    "outside api", type -> !type.getPackageName().equals(HERE + "api"))));

    @ArchTest
    static final ArchRule DECISIONS_KNOW_NO_CLIENT = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CLIENTS);

    @ArchTest
    static final ArchRule DECISIONS_KNOW_NO_CLOCK_AND_NO_LOGGER = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.Clock")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("org.slf4j..")
            .orShould()
            .callMethod(Instant.class, "now");

    /** What it is told of a kind stands in the table that {@code database} makes. */
    @ArchTest
    static final ArchRule KUBE_SERVES_ANY_KIND = noClasses()
            .that()
            .resideInAPackage(HERE + "kube..")
            .should()
            .dependOnClassesThat(ours().and(not(
                    resideInAnyPackage(HERE + "kube..", HERE + "step..", HERE + "config..", HERE + "telemetry.."))));

    @ArchTest
    static final ArchRule ONLY_KUBE_TALKS_TO_THE_API_SERVER = noClasses()
            .that()
            .resideOutsideOfPackage(HERE + "kube..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.kubernetes.client.openapi.apis..", "io.kubernetes.client.util.generic..", "okhttp3..");

    @ArchTest
    static final ArchRule THE_ARCHIVE_KNOWS_NEITHER_KUBERNETES_NOR_MICRONAUT = classes()
            .that()
            .resideInAPackage(HERE + "program.archive..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    HERE + "program.archive..",
                    HERE + "program",
                    "java..",
                    // Direct input, for reading back what the disk holds and not what the page cache does.
                    "com.sun.nio.file..",
                    "org.apache.commons.compress..",
                    "com.github.luben.zstd..",
                    "com.fasterxml.jackson.core..",
                    "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule THE_PASSWORD_KNOWS_NEITHER_KUBERNETES_NOR_MICRONAUT = classes()
            .that()
            .resideInAPackage(HERE + "program.password..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    HERE + "program.password..",
                    HERE + "program",
                    HERE + "sql..",
                    "java..",
                    "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule STATEMENTS_ARE_TEXT = classes()
            .that()
            .resideInAPackage(HERE + "sql..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(HERE + "sql..", "java.lang..", "java.util..", "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule ONLY_THE_PASSWORD_JOB_CONNECTS_TO_A_DATABASE = noClasses()
            .that()
            .resideOutsideOfPackage(HERE + "program.password..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "com.mysql..");

    @ArchTest
    static final ArchRule WHAT_JOBS_HAVE_IN_COMMON_IS_PLAIN_JAVA = classes()
            .that()
            .resideInAPackage(HERE + "program")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    HERE + "program", "java..", "com.fasterxml.jackson.core..", "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule EVERY_FAILURE_REASON_IS_GIVEN_BY_A_PROGRAM = fields().that()
            .areDeclaredIn(FailureReason.class)
            .and()
            .haveRawType(FailureReason.class)
            .should(be(DescribedPredicate.<JavaField>describe(
                    "named by a program",
                    reason -> reason.getAccessesToSelf().stream()
                            .filter(access ->
                                    access.getOriginOwner().getPackageName().startsWith(HERE + "program"))
                            .anyMatch(access ->
                                    !ENUMS_OWN.contains(access.getOrigin().getName())))));

    private static String[] and(String[] packages, String... more) {
        return Stream.concat(Stream.of(packages), Stream.of(more)).toArray(String[]::new);
    }

    private static DescribedPredicate<JavaClass> ours() {
        return resideInAPackage("homework.otus.mysql..");
    }
}
