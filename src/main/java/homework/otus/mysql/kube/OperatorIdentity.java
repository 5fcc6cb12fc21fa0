package homework.otus.mysql.kube;

/**
 * By which names others know the operator.
 *
 * @param fieldManager of what it writes
 * @param reportingController of its events, as {@code example.org/some-operator}
 */
public record OperatorIdentity(String fieldManager, String reportingController) {}
