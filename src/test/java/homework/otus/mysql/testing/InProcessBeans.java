package homework.otus.mysql.testing;

import homework.otus.mysql.kube.ApiClients;
import homework.otus.mysql.kube.ProcessExit;
import io.kubernetes.client.openapi.ApiClient;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;

/** All that is different in an operator that runs inside of a test: its lines are tapped, and its end ends no JVM. */
@Factory
@Requires(property = InProcessBeans.PROPERTY)
final class InProcessBeans {
    static final String PROPERTY = "testing.in-process";

    @Singleton
    @Replaces(ProcessExit.class)
    ProcessExit exit(Wiretap wiretap) {
        return status -> wiretap.cut();
    }

    @Singleton
    BeanCreatedEventListener<ApiClients> tap(Wiretap wiretap) {
        return new Tapping(wiretap);
    }

    private record Tapping(Wiretap wiretap) implements BeanCreatedEventListener<ApiClients> {
        @Override
        public ApiClients onCreated(BeanCreatedEvent<ApiClients> event) {
            ApiClients clients = event.getBean();
            tap(clients.requests());
            tap(clients.watches());
            tap(clients.lease());
            return clients;
        }

        private void tap(ApiClient client) {
            client.setHttpClient(
                    client.getHttpClient().newBuilder().addInterceptor(wiretap).build());
        }
    }
}
