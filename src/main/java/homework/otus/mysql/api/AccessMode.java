package homework.otus.mysql.api;

/** How many Pods may use the data volume. */
public enum AccessMode {
    /** Those of one node: what keeps a second server away is InnoDB's lock on its files. */
    ReadWriteOnce,
    /** One Pod in the whole cluster. Kubernetes promises it for CSI drivers alone. */
    ReadWriteOncePod
}
