package homework.otus.mysql.kube;

import homework.otus.mysql.config.OperatorConfiguration;
import homework.otus.mysql.telemetry.OperatorMetrics;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the runtime's parts are built from in tests. */
final class Fixture {
    static final Duration LEASE = Duration.ofSeconds(10);

    final MeterRegistry meters = new SimpleMeterRegistry();
    final OperatorMetrics metrics = new OperatorMetrics(meters);
    final ManualNanoClock clock = new ManualNanoClock();

    Fixture() {
        K8sJson.install();
    }

    static ApiClients clients(FakeApi api) {
        ApiClient client = new ClientBuilder().setBasePath(api.url()).build();
        client.setReadTimeout(0);
        return new ApiClients(client, client, client);
    }

    static OperatorConfiguration configuration(String... namespaces) {
        return new Configuration(List.of(namespaces), Optional.empty(), Optional.empty());
    }

    record Configuration(List<String> namespaces, Optional<String> podName, Optional<String> image)
            implements OperatorConfiguration {
        @Override
        public List<String> getWatchNamespaces() {
            return namespaces;
        }

        @Override
        public String getNamespace() {
            return "mysql-operator";
        }

        @Override
        public Optional<String> getPodName() {
            return podName;
        }

        @Override
        public Optional<String> getImage() {
            return image;
        }

        @Override
        public String getStaticVolumesPath() {
            return "";
        }

        @Override
        public int getWorkers() {
            return 4;
        }

        @Override
        public int getRestartsAtOnce() {
            return 1;
        }

        @Override
        public Duration getResyncPeriod() {
            return Duration.ofMinutes(10);
        }

        @Override
        public Duration getShutdownTimeout() {
            return Duration.ofSeconds(5);
        }

        @Override
        public Lease getLease() {
            return new Lease() {
                @Override
                public String getName() {
                    return "mysql-operator";
                }

                @Override
                public Duration getDuration() {
                    return LEASE;
                }

                @Override
                public Duration getRenewDeadline() {
                    return Duration.ofSeconds(7);
                }

                @Override
                public Duration getRetryPeriod() {
                    return Duration.ofSeconds(2);
                }
            };
        }
    }
}
