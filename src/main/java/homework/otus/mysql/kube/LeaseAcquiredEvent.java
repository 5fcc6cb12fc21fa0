package homework.otus.mysql.kube;

/**
 * This replica has become the leader.
 *
 * @param identity as the Lease's {@code holderIdentity} shows it
 */
public record LeaseAcquiredEvent(String identity) {}
