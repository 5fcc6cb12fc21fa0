package homework.otus.mysql.child;

import java.time.Instant;

/**
 * A server that runs, in a Pod that the Deployment's own ReplicaSet has made: anybody can label a Pod like ours.
 *
 * @param address of the Pod
 * @param started its startup probe has passed: the accounts are what they should be
 * @param since when the container was started
 */
public record RunningServer(String address, boolean started, Instant since) {}
