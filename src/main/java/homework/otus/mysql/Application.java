package homework.otus.mysql;

import homework.otus.mysql.kube.K8sJson;
import io.micronaut.runtime.Micronaut;
import sun.misc.Signal;

/** Starts the operator. */
public final class Application {
    private Application() {}

    public static void main(String[] args) {
        K8sJson.install();
        // Left alone, the JVM shuts down in order on SIGTERM too, but then reports status 143.
        Signal.handle(new Signal("TERM"), signal -> System.exit(0));
        Micronaut.build(args)
                .mainClass(Application.class)
                .banner(false)
                .deduceEnvironment(false)
                .start();
    }
}
