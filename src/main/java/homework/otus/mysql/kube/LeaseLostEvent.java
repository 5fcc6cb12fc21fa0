package homework.otus.mysql.kube;

/**
 * This replica was the leader and is so no longer, against its will. It is about to end.
 *
 * @param identity the Lease's {@code holderIdentity} while this replica led
 * @param reason for the log
 */
public record LeaseLostEvent(String identity, String reason) {}
