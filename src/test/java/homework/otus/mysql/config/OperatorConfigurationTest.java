package homework.otus.mysql.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorConfigurationTest {
    @Test
    void hasDefaultsForEverything() {
        try (ApplicationContext context = context(Map.of())) {
            OperatorConfiguration operator = context.getBean(OperatorConfiguration.class);

            assertThat(operator.watchedNamespaces()).isEmpty();
            assertThat(operator.getNamespace()).isEqualTo("mysql-operator");
            assertThat(operator.getImage()).isEmpty();
            assertThat(operator.getWorkers()).isEqualTo(4);
            assertThat(operator.getRestartsAtOnce()).isEqualTo(1);
            assertThat(operator.getStaticVolumesPath()).isEmpty();
            assertThat(operator.getResyncPeriod()).isEqualTo(Duration.ofMinutes(10));
            assertThat(operator.getLease().getName()).isEqualTo("mysql-operator");
            assertThat(operator.getLease().getDuration()).isEqualTo(Duration.ofSeconds(10));
            assertThat(operator.getLease().getRenewDeadline()).isEqualTo(Duration.ofSeconds(7));
            assertThat(operator.getLease().getRetryPeriod()).isEqualTo(Duration.ofSeconds(2));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''|", "' '|", "one|one", "one,two|one,two", "' one , two,,one'|one,two"})
    void readsTheNamespacesToWatchFromTheEnvironment(String variable, String namespaces) {
        try (ApplicationContext context = context(Map.of("OPERATOR_WATCH_NAMESPACES", variable))) {
            assertThat(String.join(
                            ",", context.getBean(OperatorConfiguration.class).watchedNamespaces()))
                    .isEqualTo(namespaces == null ? "" : namespaces);
        }
    }

    @Test
    void readsItsOwnPodFromTheEnvironment() {
        try (ApplicationContext context =
                context(Map.of("POD_NAME", "me", "POD_NAMESPACE", "here", "OPERATOR_IMAGE", "operator:1"))) {
            OperatorConfiguration operator = context.getBean(OperatorConfiguration.class);

            assertThat(operator.getPodName()).contains("me");
            assertThat(operator.getNamespace()).isEqualTo("here");
            assertThat(operator.getImage()).contains("operator:1");
        }
    }

    @Test
    void refusesToRunWithoutWorkers() {
        try (ApplicationContext context = context(Map.of("OPERATOR_WORKERS", "0"))) {
            assertThatThrownBy(
                            () -> context.getBean(OperatorConfiguration.class).getWorkers())
                    .hasMessageContaining("must be greater than or equal to 1");
        }
    }

    @Test
    void makesVolumesOnlyBelowAnAbsolutePath() {
        try (ApplicationContext context = context(Map.of("OPERATOR_STATIC_VOLUMES_PATH", "data"))) {
            assertThatThrownBy(
                            () -> context.getBean(OperatorConfiguration.class).getStaticVolumesPath())
                    .hasMessageContaining("has to be an absolute path");
        }
    }

    private static ApplicationContext context(Map<String, Object> environment) {
        return ApplicationContext.builder()
                .environmentPropertySource(false)
                .propertySources(PropertySource.of(
                        "environment", environment, PropertySource.PropertyConvention.ENVIRONMENT_VARIABLE))
                .start();
    }
}
