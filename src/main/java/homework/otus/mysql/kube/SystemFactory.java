package homework.otus.mysql.kube;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Time and the process itself, as beans, so that tests can stand in for them. */
@Factory
final class SystemFactory {

    @Singleton
    NanoClock nanoClock() {
        return System::nanoTime;
    }

    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Singleton
    ProcessExit processExit() {
        return status -> Runtime.getRuntime().halt(status);
    }
}
