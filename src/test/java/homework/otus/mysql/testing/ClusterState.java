package homework.otus.mysql.testing;

/** What one looks at when a test has failed. */
final class ClusterState {
    private ClusterState() {}

    static String of(String namespace) {
        Kubectl kubectl = Cluster.current().kubectl("--namespace", namespace);
        StringBuilder state = new StringBuilder("##### The state of namespace " + namespace + "\n");
        add(state, kubectl, "get", "ms,pods,jobs,pvc", "--output=wide");
        add(state, kubectl, "describe", "ms");
        add(state, kubectl, "get", "events", "--sort-by=.lastTimestamp");
        add(
                state,
                kubectl,
                "--namespace=" + InstalledOperator.NAMESPACE,
                "logs",
                "deployment/mysql-operator",
                "--tail=80");
        return state.toString();
    }

    private static void add(StringBuilder state, Kubectl kubectl, String... command) {
        Kubectl.Outcome outcome = kubectl.run(command);
        state.append("\n$ kubectl ").append(String.join(" ", command)).append('\n');
        state.append(outcome.output()).append(outcome.errors());
    }
}
